import { Body, Controller, Delete, Get, HttpCode, Param, Post } from '@nestjs/common';
import { badRequest, identity } from '@tributary/contracts';
import { Asked, Call } from '../edge/call.js';
import { objectOf, textAt } from '../edge/bodies.js';

/** Personal access tokens of whoever is signed in. */
@Controller(['rest/pat/latest/tokens', 'rest/pat/1.0/tokens'])
export class TokenRoutes {
  @Get()
  async list(@Asked() call: Call) {
    return (await call.ask(identity.listTokens, {})).tokens;
  }

  @Post()
  @HttpCode(201)
  create(@Asked() call: Call, @Body() body: unknown) {
    const token = objectOf(body);
    const days = token['expirationDuration'];
    if (days !== undefined && days !== null && typeof days !== 'number')
      throw badRequest('expirationDuration must be a number of days');
    return call.ask(identity.createToken, {
      name: textAt(token, 'name') ?? '',
      expirationDays: days ?? undefined,
    });
  }

  @Delete(':id')
  @HttpCode(204)
  async revoke(@Asked() call: Call, @Param('id') id: string) {
    if (!/^\d{1,15}$/.test(id)) throw badRequest('The id must be a number');
    await call.ask(identity.revokeToken, { id: Number(id) });
  }
}
