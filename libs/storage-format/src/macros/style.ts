/** What could end a declaration and begin another. The sanitiser decides which values may stay. */
const DECLARATION_END = /[;{}"'\\]/;

/** A `style` attribute of the properties that have a value; undefined when none has. */
export function styleOf(properties: Readonly<Record<string, string>>): string | undefined {
  const declarations = Object.entries(properties)
    .filter(([, value]) => value !== '' && !DECLARATION_END.test(value))
    .map(([property, value]) => `${property}: ${value};`);
  return declarations.length === 0 ? undefined : declarations.join('');
}

/** A width as its parameter gives it: a bare number counts pixels. */
export function widthOf(value: string): string {
  return /^\d+(?:\.\d+)?$/.test(value) ? `${value}px` : value;
}
