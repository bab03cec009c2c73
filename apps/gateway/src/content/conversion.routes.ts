import { Body, Controller, HttpCode, Param, Post, Query } from '@nestjs/common';
import { badRequest, pages } from '@tributary/contracts';
import { Asked, Call } from '../edge/call.js';
import { objectOf, textAt } from '../edge/bodies.js';
import { one, type Query as Parameters } from '../edge/query.js';

@Controller('rest/api')
export class ConversionRoutes {
  @Post('contentbody/convert/:to')
  @HttpCode(200)
  async convert(@Asked() call: Call, @Param('to') to: string, @Body() body: unknown, @Query() query: Parameters) {
    const given = objectOf(body);
    const value = textAt(given, 'value');
    if (value === undefined) throw badRequest('value is needed');
    const representation = (textAt(given, 'representation') ?? 'storage') as 'storage';
    const converted = await call.ask(pages.convertBody, {
      to: to as 'view',
      body: { representation, value },
      spaceKeyContext: one(query, 'spaceKeyContext'),
      contentIdContext: one(query, 'contentIdContext'),
      locale: call.locale,
    });
    return { ...converted, embeddedContent: [], _links: {}, _expandable: { webresource: '', content: '' } };
  }
}
