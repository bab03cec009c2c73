import { Controller, Get } from '@nestjs/common';
import { pages } from '@tributary/contracts';
import { Asked, Call } from '../edge/call.js';

/** The macros that this wiki knows, for editors that let people choose. */
@Controller('rest/tributary/1/macros')
export class MacroRoutes {
  @Get()
  async list(@Asked() call: Call) {
    const { macros } = await call.ask(pages.listMacros, {});
    return { results: macros };
  }
}
