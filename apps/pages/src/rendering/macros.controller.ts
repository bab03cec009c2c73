import { Controller } from '@nestjs/common';
import { pages } from '@tributary/contracts';
import { Handle } from '@tributary/messaging';
import { macroDeclarations } from '@tributary/storage-format';

/** What writers can choose from. */
@Controller()
export class MacrosController {
  @Handle(pages.listMacros)
  list() {
    const macros = macroDeclarations.map((declaration) => ({
      ...declaration,
      parameters: declaration.parameters.map((parameter) =>
        parameter.kind === 'choice' ? { ...parameter, choices: [...parameter.choices] } : parameter,
      ),
    }));
    return Promise.resolve({ macros });
  }
}
