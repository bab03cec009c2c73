import { macroCallOf, type MacroCall } from '../../macro-call.js';
import type { Macro } from '../../macros/macro.js';
import { macroByName } from '../../macros/registry.js';
import { escapeHtml, tag } from '../html.js';
import { MacroError, TemporaryMacroError } from '../macro-error.js';
import type { RenderScope } from '../scope.js';
import type { ElementRenderer } from './element.js';

/** The error that stands in a macro's place, in the reader's language. */
function errorInPlace(name: string, error: MacroError, scope: RenderScope): string {
  const title = tag('span', { class: 'error' }, escapeHtml(scope.message('error.title', { macro: name })));
  const reason = escapeHtml(scope.message(error.messageKey, error.values));
  return tag('div', { class: 'error' }, title + scope.message('error.separator') + reason);
}

/** A macro that nobody has installed: its name, and its body when that is content. */
function unknownMacro(call: MacroCall, scope: RenderScope): string {
  const label = escapeHtml(scope.message('unknown-macro', { name: call.name }));
  const name = tag('span', { class: 'unknown-macro-name' }, label);
  return tag('div', { class: 'unknown-macro', 'data-macro-name': call.name }, name + scope.render(call.richBody ?? []));
}

/** Renders for a macro, or shows in its place why that failed. */
export function renderInPlace(name: string, scope: RenderScope, render: () => string): string {
  const { rendering } = scope;
  const headingsBefore = rendering.headings.length;
  try {
    if (rendering.isLate) throw new TemporaryMacroError('error.timeout');
    return render();
  } catch (error) {
    // What the macro had rendered before it failed isn't on the page.
    rendering.headings.length = headingsBefore;
    if (!(error instanceof MacroError)) rendering.failures.push({ place: name, error });
    if (error instanceof TemporaryMacroError) rendering.isComplete = false;
    return errorInPlace(name, error instanceof MacroError ? error : new MacroError('error.internal'), scope);
  }
}

function renderKnown(macro: Macro, call: MacroCall, scope: RenderScope): string {
  return renderInPlace(call.name, scope, () => {
    const html = macro.render(call, scope);
    // A rich body is as long as its source; all else is made from other pages and may be many times as long.
    if (macro.body !== 'rich') scope.rendering.countMadeHtml(html);
    return html;
  });
}

export const renderMacro: ElementRenderer = (element, scope) => {
  const call = macroCallOf(element);
  const macro = macroByName.get(call.name);
  return macro === undefined ? unknownMacro(call, scope) : renderKnown(macro, call, scope);
};
