import { anchor } from './anchor.js';
import { children } from './children.js';
import { code } from './code.js';
import { column } from './column.js';
import { excerpt } from './excerpt.js';
import { excerptInclude } from './excerpt-include.js';
import { expand } from './expand.js';
import { include } from './include.js';
import { info, note, tip, warning } from './information.js';
import type { Macro, MacroDeclaration } from './macro.js';
import { noformat } from './noformat.js';
import { pagetree } from './pagetree.js';
import { panel } from './panel.js';
import { section } from './section.js';
import { status } from './status.js';
import { toc } from './toc.js';

const ALL: readonly Macro[] = [
  anchor,
  children,
  code,
  column,
  excerpt,
  excerptInclude,
  expand,
  include,
  info,
  noformat,
  note,
  pagetree,
  panel,
  section,
  status,
  tip,
  toc,
  warning,
];

/** Every macro that can be rendered, by its name in storage format. */
export const macroByName: ReadonlyMap<string, Macro> = new Map(ALL.map((macro) => [macro.name, macro]));

/** What writers can choose from, by name. */
export const macroDeclarations: readonly MacroDeclaration[] = ALL.map(({ declaration }) => declaration);
