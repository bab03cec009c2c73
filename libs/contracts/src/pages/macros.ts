import { z } from 'zod';
import { Actor } from '../actor.js';
import { defineRequest } from '../request.js';

const Parameter = z.object({
  name: z.string(),
  /** `text`, `colour`, `page`, `place`, `boolean`, `integer` or `choice`; a newer version may have others, which are texts to who doesn't know them. */
  kind: z.string(),
  fallback: z.union([z.string(), z.boolean(), z.number()]),
  choices: z.array(z.string()).optional(),
  minimum: z.number().optional(),
  maximum: z.number().optional(),
});

/** The macros that can be rendered, with the parameters that they declare: the same for everybody. */
export const listMacros = defineRequest('pages', 'macros.list', {
  request: z.object({ actor: Actor }),
  reply: z.object({
    macros: z.array(
      z.object({
        name: z.string(),
        body: z.enum(['none', 'plain', 'rich']),
        defaultParameter: z.string().optional(),
        parameters: z.array(Parameter),
      }),
    ),
  }),
  safe: true,
});
