import { Body, Controller, HttpCode, Param, Post, Query } from '@nestjs/common';
import { badRequest, baseUrlMark, pages } from '@tributary/contracts';
import { Asked, Call } from '../edge/call.js';
import { booleanAt, objectAt, objectOf, textAt, type Json } from '../edge/bodies.js';
import { expandOf, type Query as Parameters } from '../edge/query.js';

@Controller('rest/api/content/:id')
export class CopyRoutes {
  /** Copies a page: `{pageTitle, destination: {type: parent_page | space, value}, copyAttachments, copyLabels, copyPermissions, copyProperties}`. */
  @Post('copy')
  @HttpCode(200)
  copy(@Asked() call: Call, @Param('id') id: string, @Body() body: unknown, @Query() query: Parameters) {
    const given = objectOf(body);
    return call.pass(pages.copyPage, {
      id,
      title: textAt(given, 'pageTitle'),
      destination: destinationOf(objectAt(given, 'destination')),
      ...alongOf(given),
      expand: expandOf(query),
      locale: call.locale,
    });
  }

  /**
   * Copies a page with those below it, as a long task: `{destinationPageId, titleOptions: {prefix, search, replace}, copyDescendants}` and what goes
   * along as above. `copyCustomContents` is Confluence's for what apps add; there is none of it here.
   */
  @Post('pagehierarchy/copy')
  @HttpCode(202)
  async copyHierarchy(@Asked() call: Call, @Param('id') id: string, @Body() body: unknown) {
    const given = objectOf(body);
    const titles = objectAt(given, 'titleOptions');
    const { taskId } = await call.ask(pages.copyHierarchy, {
      id,
      parentId: textAt(given, 'destinationPageId') ?? '',
      descendants: booleanAt(given, 'copyDescendants'),
      titles: {
        prefix: textAt(titles, 'prefix'),
        search: textAt(titles, 'search'),
        replace: textAt(titles, 'replace'),
      },
      ...alongOf(given),
    });
    return {
      id: taskId,
      links: { status: `/rest/api/longtask/${taskId}` },
      _links: { base: baseUrlMark, context: '' },
    };
  }
}

const alongOf = (given: Json) => ({
  attachments: booleanAt(given, 'copyAttachments'),
  labels: booleanAt(given, 'copyLabels'),
  properties: booleanAt(given, 'copyProperties'),
  restrictions: booleanAt(given, 'copyPermissions'),
});

function destinationOf(destination: Json): { kind: 'page'; id: string } | { kind: 'space'; key: string } {
  const [type, value] = [textAt(destination, 'type'), textAt(destination, 'value')];
  if (!value) throw badRequest('destination.value is needed');
  if (type === 'parent_page') return { kind: 'page', id: value };
  if (type === 'space') return { kind: 'space', key: value };
  throw badRequest("destination.type must be 'parent_page' or 'space'");
}
