import {
  attributeOf,
  charactersOf,
  childrenOf,
  element,
  elementsBelow,
  macroCallOf,
  type MacroDeclaration,
  type ParameterForm,
  type StorageElement,
} from '@tributary/storage-format';

/** What a field of a macro's form holds, by parameter; empty for a parameter that isn't given. */
export type ParameterValues = ReadonlyMap<string, string>;

const anyText: ParameterForm = { kind: 'text', fallback: '' };

/** What a parameter can be set to; one that isn't declared is a text. */
export const formOf = (declaration: MacroDeclaration | undefined, name: string): ParameterForm =>
  declaration?.parameters.find((each) => each.name === name) ?? anyText;

const isPage = ({ name }: StorageElement): boolean => name === 'ri:page' || name === 'ri:blog-post';

/** A parameter as a field shows it, `KEY:Title` for one that names a page by an element; undefined where it is no text and no page. */
function textOfParameter(parameter: StorageElement): string | undefined {
  const [inner] = [...elementsBelow(parameter.children)].filter(({ name }) => name !== 'ac:link');
  if (inner === undefined) return charactersOf(parameter).trim();
  if (!isPage(inner)) return undefined;
  const space = attributeOf(inner, 'ri:space-key');
  const title = attributeOf(inner, 'ri:content-title') ?? '';
  return space === undefined ? title : `${space}:${title}`;
}

/** The name that a parameter is written under: the default one may have none. */
function writtenName(macro: StorageElement, name: string, declaration: MacroDeclaration | undefined): string {
  const { parameters } = macroCallOf(macro);
  return declaration?.defaultParameter === name && !parameters.has(name) && parameters.has('') ? '' : name;
}

/**
 * What a macro's form shows: the parameters that are declared, and all others that it has. One that holds what no field can show, a person for
 * example, isn't among them and stays as it is.
 */
export function valuesOf(macro: StorageElement, declaration: MacroDeclaration | undefined): ParameterValues {
  const { parameters } = macroCallOf(macro);
  const values = new Map<string, string>();
  const shown = new Set<string>();
  for (const { name } of declaration?.parameters ?? []) {
    const written = writtenName(macro, name, declaration);
    const known = parameters.get(written);
    const value = known === undefined ? '' : textOfParameter(known);
    shown.add(written);
    if (value !== undefined) values.set(name, value);
  }
  for (const [name, parameter] of parameters) {
    const value = textOfParameter(parameter);
    if (!shown.has(name) && value !== undefined) values.set(name, value);
  }
  return values;
}

/** A page's key and title in one line, as people and old bodies write it. */
const pageLine = /^(~?[\w.-]+):(\S.*)$/s;
/** What stands for a place without naming a page: `@home`, `/`, and a space's top by its key alone. */
const placeWord = /^(?:@\w+|\/|~?[\w.-]+:)$/;

/** What is in a parameter's element: a page is named by an element, so that it can be found when it is moved. */
function contentOf(value: string, { kind }: ParameterForm): StorageElement | string {
  if ((kind !== 'page' && kind !== 'place') || placeWord.test(value)) return value;
  const [, spaceKey, title] = pageLine.exec(value) ?? [];
  const page: Readonly<Record<string, string>> =
    spaceKey === undefined || title === undefined
      ? { 'ri:content-title': value }
      : { 'ri:space-key': spaceKey, 'ri:content-title': title };
  return element('ac:link', {}, element('ri:page', page));
}

/** A macro with one parameter set, or without it where the value is empty. What isn't changed stays as it was written. */
export function withParameter(
  macro: StorageElement,
  name: string,
  value: string,
  declaration?: MacroDeclaration,
): StorageElement {
  const written = writtenName(macro, name, declaration);
  const known = macroCallOf(macro).parameters.get(written);
  if ((known === undefined ? '' : textOfParameter(known)) === value) return macro;
  const set = element('ac:parameter', { 'ac:name': written }, contentOf(value, formOf(declaration, name)));
  if (known !== undefined && macro.children.includes(known)) {
    const children = macro.children.flatMap((child) => (child !== known ? [child] : value === '' ? [] : [set]));
    return { ...macro, children };
  }
  const last = childrenOf(macro, 'ac:parameter').at(-1);
  return { ...macro, children: macro.children.toSpliced(last ? macro.children.indexOf(last) + 1 : 0, 0, set) };
}

/** A macro with the values of its form. */
export const withParameters = (
  macro: StorageElement,
  values: ParameterValues,
  declaration?: MacroDeclaration,
): StorageElement =>
  [...values].reduce((result, [name, value]) => withParameter(result, name, value.trim(), declaration), macro);
