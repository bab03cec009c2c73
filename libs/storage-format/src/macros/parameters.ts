import { charactersOf, type StorageElement } from '../document.js';
import { targetIn, type PageReference, type ReferenceBase } from '../references.js';

/** What a writer can set a parameter to, for the form of its macro. */
export type ParameterForm =
  | { readonly kind: 'text' | 'colour' | 'page' | 'place'; readonly fallback: string }
  | { readonly kind: 'boolean'; readonly fallback: boolean }
  | { readonly kind: 'integer'; readonly fallback: number; readonly minimum: number; readonly maximum: number }
  | { readonly kind: 'choice'; readonly fallback: string; readonly choices: readonly string[] };

/** How one parameter is read; a value that doesn't fit counts as not given, as Confluence has it. */
export interface ParameterType<Value> {
  readonly fallback: Value;
  readonly form: ParameterForm;
  read(parameter: StorageElement, base: ReferenceBase | null): Value | undefined;
}

/** A page, or the top level of a space. */
export type PlaceReference = PageReference | { readonly spaceRoot: string };

const textIn = (parameter: StorageElement): string => charactersOf(parameter).trim();

export function text(fallback = ''): ParameterType<string> {
  return { fallback, form: { kind: 'text', fallback }, read: (parameter) => textIn(parameter) };
}

/** A colour as CSS writes it. */
export function colour(): ParameterType<string> {
  return { ...text(), form: { kind: 'colour', fallback: '' } };
}

/** `true` and `yes` are true, everything else is false. */
export function flag(fallback: boolean): ParameterType<boolean> {
  return {
    fallback,
    form: { kind: 'boolean', fallback },
    read: (parameter) => /^(?:true|yes|on)$/i.test(textIn(parameter)),
  };
}

export function integer(fallback: number, minimum: number, maximum: number): ParameterType<number> {
  const read = (parameter: StorageElement): number | undefined => {
    const value = textIn(parameter);
    return /^-?\d{1,9}$/.test(value) ? Math.min(maximum, Math.max(minimum, Number(value))) : undefined;
  };
  return { fallback, form: { kind: 'integer', fallback, minimum, maximum }, read };
}

/** One of some words, in whatever case. */
export function choice<const Choice extends string>(
  choices: readonly Choice[],
  fallback: NoInfer<Choice>,
): ParameterType<Choice> {
  const read = (parameter: StorageElement): Choice | undefined => {
    const value = textIn(parameter).toLowerCase();
    return choices.find((one) => one.toLowerCase() === value);
  };
  return { fallback, form: { kind: 'choice', fallback, choices }, read };
}

/** A page as older bodies write it: `Title`, `KEY:Title`, `KEY:` and `/` for the top of a space. */
function placeOfText(value: string, base: ReferenceBase | null): PlaceReference | undefined {
  if (value === '') return undefined;
  if (value === '/') return base === null ? undefined : { spaceRoot: base.spaceKey };
  const [, spaceKey, title] = /^([\w~.-]+):(.*)$/s.exec(value) ?? [];
  if (spaceKey === undefined) return { type: 'page', title: value, spaceKey: base?.spaceKey };
  return title === '' ? { spaceRoot: spaceKey } : { type: 'page', title: title ?? '', spaceKey };
}

function placeIn(parameter: StorageElement, base: ReferenceBase | null): PlaceReference | undefined {
  const target = targetIn(parameter, base);
  if (target?.type === 'page') return target.page;
  if (target?.type === 'space') return { spaceRoot: target.spaceKey };
  return placeOfText(textIn(parameter), base);
}

/** A page or a space's top level, by `ri:page`, `ri:space`, `ri:content-entity` or as text. */
export function place(): ParameterType<PlaceReference | undefined> {
  return { fallback: undefined, form: { kind: 'place', fallback: '' }, read: placeIn };
}

/** A page, by `ri:page`, `ri:blog-post`, `ri:content-entity` or as text. */
export function page(): ParameterType<PageReference | undefined> {
  const read = (parameter: StorageElement, base: ReferenceBase | null): PageReference | undefined => {
    const reference = placeIn(parameter, base);
    return reference === undefined || 'spaceRoot' in reference ? undefined : reference;
  };
  return { fallback: undefined, form: { kind: 'page', fallback: '' }, read };
}
