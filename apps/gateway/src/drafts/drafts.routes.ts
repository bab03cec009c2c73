import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { pages } from '@tributary/contracts';
import { objectAt, objectOf, textAt } from '../edge/bodies.js';
import { Asked, Call } from '../edge/call.js';
import { windowOf, type Query as Parameters } from '../edge/query.js';

const editLink = (id: string): string => `/pages/resumedraft.action?draftId=${id}`;

/**
 * The caller's own drafts. Confluence keeps one draft a page, which all its editors share; here each author has their own. What was never
 * published is a content with the status `draft`, as in Confluence.
 */
@Controller('rest/tributary/1/drafts')
export class DraftRoutes {
  @Get()
  async list(@Asked() call: Call, @Query() query: Parameters) {
    const part = windowOf(query);
    const page = await call.ask(pages.listDrafts, part);
    const results = page.results.map(({ contentId, spaceKey, spaceName, ...draft }) => ({
      contentId,
      ...draft,
      space: { key: spaceKey, name: spaceName },
      _links: { edit: editLink(contentId) },
    }));
    return call.list({ ...page, results }, part);
  }

  /** Null where there is none: that is how most editors open, and no error. */
  @Get(':id')
  async get(@Asked() call: Call, @Param('id') contentId: string) {
    const { draft } = await call.ask(pages.getDraft, { contentId });
    if (!draft) return { draft };
    const { body, ...others } = draft;
    return { draft: { ...others, body: { storage: { value: body, representation: 'storage' } } } };
  }

  @Put(':id')
  save(@Asked() call: Call, @Param('id') contentId: string, @Body() body: unknown) {
    const draft = objectOf(body);
    return call.ask(pages.saveDraft, {
      contentId,
      session: textAt(draft, 'session') ?? '',
      title: textAt(draft, 'title') ?? '',
      body: textAt(objectAt(objectAt(draft, 'body'), 'storage'), 'value') ?? '',
      version: Number(draft['version']),
      revision: Number(draft['revision'] ?? 0),
    });
  }

  /** For long texts, of which an editor sends what has changed since it saved last. */
  @Post(':id/changes')
  @HttpCode(200)
  change(@Asked() call: Call, @Param('id') contentId: string, @Body() body: unknown) {
    const draft = objectOf(body);
    const change = objectAt(draft, 'change');
    return call.ask(pages.changeDraft, {
      contentId,
      session: textAt(draft, 'session') ?? '',
      title: textAt(draft, 'title') ?? '',
      start: Number(change['start']),
      end: Number(change['end']),
      body: textAt(change, 'value') ?? '',
      version: Number(draft['version']),
      revision: Number(draft['revision']),
    });
  }

  @Delete(':id')
  @HttpCode(204)
  async discard(@Asked() call: Call, @Param('id') contentId: string) {
    await call.ask(pages.discardDraft, { contentId });
  }
}
