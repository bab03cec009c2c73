import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { pages, presentUser } from '@tributary/contracts';
import { booleanAt, objectOf, textAt } from '../edge/bodies.js';
import { Asked, Call } from '../edge/call.js';

/** Who else has a content open in an editor, for an editor that says so of itself every few seconds. */
@Controller('rest/tributary/1/content/:id/editing')
export class EditingRoutes {
  @Post()
  @HttpCode(200)
  async mark(@Asked() call: Call, @Param('id') contentId: string, @Body() body: unknown) {
    const editor = objectOf(body);
    const { editors, version, versionBy } = await call.ask(pages.markEditing, {
      contentId,
      session: textAt(editor, 'session') ?? '',
      leaving: booleanAt(editor, 'leaving') ?? false,
    });
    return { editors: editors.map(presentUser), version: { number: version, by: { displayName: versionBy } } };
  }
}
