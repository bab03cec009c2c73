import { Body, Controller, Get, HttpCode, Post } from '@nestjs/common';
import { administration, badRequest } from '@tributary/contracts';
import { booleanAt, objectOf, textAt } from '../edge/bodies.js';
import { Asked, Call } from '../edge/call.js';
import { SiteModes } from './site-mode.js';

const presentMode = ({ accessMode, banner }: administration.SiteMode) => ({
  readOnly: accessMode === 'READ_ONLY',
  accessMode,
  banner,
});

/** Read-only mode and the maintenance banner: everybody sees them, system administrators set them. */
@Controller()
export class ModeRoutes {
  constructor(private readonly modes: SiteModes) {}

  /** Confluence's: `"READ_WRITE"` or `"READ_ONLY"`. */
  @Get('rest/api/accessmode')
  async accessMode(@Asked() call: Call) {
    await call.identify();
    const { accessMode } = await this.modes.current();
    call.reply.type('application/json');
    return JSON.stringify(accessMode);
  }

  /** For the top of every page: also strangers' who may use the site. */
  @Get('rest/tributary/1/mode')
  async mode(@Asked() call: Call) {
    await call.identifyUser();
    return presentMode(await this.modes.current());
  }

  @Get('rest/tributary/1/cluster/readonly')
  async readOnly(@Asked() call: Call) {
    await call.identifySystemAdministrator();
    return presentMode(await this.modes.current());
  }

  /** `{"readOnly": true, "banner": "Back at noon"}`; what is left out stays, a null banner takes it away. */
  @Post('rest/tributary/1/cluster/readonly')
  @HttpCode(200)
  async change(@Asked() call: Call, @Body() body: unknown) {
    const change = objectOf(body);
    const readOnly = booleanAt(change, 'readOnly');
    const banner = change['banner'] === null ? null : textAt(change, 'banner');
    if (readOnly === undefined && banner === undefined) throw badRequest('readOnly or banner is needed');
    const accessMode = readOnly === undefined ? undefined : readOnly ? 'READ_ONLY' : 'READ_WRITE';
    return presentMode(await call.ask(administration.changeMode, { accessMode, banner }));
  }
}
