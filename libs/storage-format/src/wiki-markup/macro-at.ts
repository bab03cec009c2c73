/** A macro's tag in wiki markup: `{code:java|title=x}`. */
export interface WikiMacro {
  readonly name: string;
  /** The default parameter has the empty name. */
  readonly parameters: ReadonlyMap<string, string>;
  /** From its first to behind its last character. */
  readonly start: number;
  readonly end: number;
  /** Whether nothing else is in its line. */
  readonly isAlone: boolean;
}

interface Tag {
  readonly name: string;
  /** Undefined where the tag has no colon. */
  readonly written: string | undefined;
  readonly start: number;
  readonly end: number;
}

/** Braces that aren't escaped, around a name and parameters. */
const tag = /(?<![{\\])\{([a-zA-Z][\w-]*)(?::([^{}\n]*))?\}/g;
/** These change text in a line, whatever they are around. */
const inlineMacros = new Set(['color', 'status']);
/** These can hold one of their kind, so an end tag belongs to the last one that is open. */
const nested = new Set(['panel', 'info', 'note', 'warning', 'tip', 'expand', 'section', 'column', 'div']);
/** Tags of a name among which the end of a macro is looked for. */
const tagsMax = 1_000;
const restOfLine = /[ \t]*(?:\n|$)/y;

/** The macros of a text, whose tags are read once: looking for each end from its beginning would take the square of the text's length. */
export class WikiTags {
  private readonly all: readonly Tag[];
  private readonly byName = new Map<string, Tag[]>();

  constructor(private readonly markup: string) {
    this.all = Array.from(markup.matchAll(tag), ({ 0: whole, 1: name = '', 2: written, index: start }) => ({
      name: name.toLowerCase(),
      written,
      start,
      end: start + whole.length,
    }));
    for (const each of this.all) {
      const same = this.byName.get(each.name);
      if (same) same.push(each);
      else this.byName.set(each.name, [each]);
    }
  }

  /** The first macro from a place on that may be a block. */
  callFrom(from: number): WikiMacro | undefined {
    for (let index = firstFrom(this.all, from); index < this.all.length; index += 1) {
      const { name, written = '', start, end } = this.all[index] as Tag;
      if (inlineMacros.has(name) || this.markup[end] === '}') continue;
      return { name, parameters: parametersOf(written), start, end, isAlone: this.isAlone(start, end) };
    }
    return undefined;
  }

  /** The tag that closes a macro; undefined for a macro without a body. */
  endOf({ name, end: from }: WikiMacro): { start: number; end: number } | undefined {
    const same = this.byName.get(name) ?? [];
    const first = firstFrom(same, from);
    let open = 1;
    for (const found of same.slice(first, first + tagsMax)) {
      open += found.written !== undefined && nested.has(name) ? 1 : -1;
      if (open === 0) return found;
    }
    return undefined;
  }

  private isAlone(start: number, end: number): boolean {
    let before = start;
    while (before > 0 && ' \t'.includes(this.markup[before - 1] ?? '')) before -= 1;
    restOfLine.lastIndex = end;
    return (before === 0 || this.markup[before - 1] === '\n') && restOfLine.test(this.markup);
  }
}

/** Where the first tag is that begins at a place or behind it. */
function firstFrom(tags: readonly Tag[], from: number): number {
  let [low, high] = [0, tags.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((tags[middle]?.start ?? from) < from) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** `value|name=value`; what has no name is the default one. */
export function parametersOf(written: string): Map<string, string> {
  const parameters = new Map<string, string>();
  for (const part of written.split('|')) {
    const [, name, value] = /^\s*([\w-]+)=(.*)$/s.exec(part) ?? [];
    if (name !== undefined && value !== undefined) parameters.set(name, value.trim());
    else if (part.trim() !== '') parameters.set('', part.trim());
  }
  return parameters;
}
