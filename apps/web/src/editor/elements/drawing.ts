import { charactersOf, macroCallOf, type StorageElement } from '@tributary/storage-format';

export function make(tag: string, className: string, text = ''): HTMLElement {
  const dom = document.createElement(tag);
  dom.className = className;
  dom.textContent = text;
  return dom;
}

/** A macro's parameter as it is written; empty for one that isn't given. */
export function parameterText(macro: StorageElement, name: string): string {
  const found = macroCallOf(macro).parameters.get(name);
  return found === undefined ? '' : charactersOf(found).trim();
}
