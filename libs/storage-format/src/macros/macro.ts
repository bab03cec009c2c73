import type { StorageNode } from '../document.js';
import type { MacroCall } from '../macro-call.js';
import type { MessageKey, MessageLocale, MessageValues } from '../messages/message.js';
import type { Answers } from '../render/answers.js';
import type { RenderedContent, RenderOutputType } from '../render/context.js';
import { classes, tag, type HtmlAttributes } from '../render/html.js';
import type { ParameterForm, ParameterType } from './parameters.js';

/** A heading that was rendered, wherever on the page: in a panel, in an included page. */
export interface RenderedHeading {
  /** 1 to 6. */
  readonly level: number;
  readonly id: string;
  readonly text: string;
}

/** What a macro sees while the renderer collects questions. */
export interface AskingScope {
  readonly content: RenderedContent | null;
  readonly answers: Answers;
  /** Says that the macro will render these nodes of that content, so that their questions are asked too. */
  willRender(nodes: readonly StorageNode[], content: RenderedContent): void;
}

/** What a macro sees while it renders. */
export interface MacroScope {
  readonly locale: MessageLocale;
  readonly outputType: RenderOutputType;
  /** The content that the macro stands in: an included page's macros see that page. */
  readonly content: RenderedContent | null;
  readonly answers: Answers;
  message(key: MessageKey, values?: MessageValues): string;
  /** HTML of nodes of this content. */
  render(nodes: readonly StorageNode[]): string;
  /** HTML of nodes of another content; throws a MacroError when that content is being rendered already. */
  renderOf(nodes: readonly StorageNode[], content: RenderedContent): string;
  /** An id that nothing else on the page has. */
  uniqueId(prefix: string): string;
  /** The id that an anchor of this content has. */
  anchorId(anchor: string): string;
  /** HTML that a macro makes when the whole page is rendered and all headings are known. */
  afterHeadings(macroName: string, build: (headings: readonly RenderedHeading[]) => string): string;
}

/** Parameter types by `ac:name`. */
export type ParameterTypes = Readonly<Record<string, ParameterType<unknown>>>;

export type ParameterValues<Types extends ParameterTypes> = {
  readonly [Name in keyof Types]: Types[Name]['fallback'];
};

export interface MacroDefinition<Types extends ParameterTypes> {
  readonly name: string;
  readonly parameters: Types;
  /** The parameter that may be written without a name. */
  readonly defaultParameter?: keyof Types & string;
  readonly body: 'none' | 'plain' | 'rich';
  /**
   * The macro's dependencies: asks for what render needs. Every answer's cache tags become the page's. Called again after each round
   * of answers, so that a question may follow from an answer.
   */
  ask?(use: { readonly parameters: ParameterValues<Types>; readonly scope: AskingScope }): void;
  /** The macro's HTML. A MacroError is shown in the macro's place. */
  render(use: {
    readonly parameters: ParameterValues<Types>;
    readonly scope: MacroScope;
    readonly call: MacroCall;
    /** The macro's outermost element, marked with its name: a `span` stands in a line, everything else is a block. */
    readonly root: (name: string, attributes: HtmlAttributes, html: string) => string;
  }): string;
}

/** What a writer must know of a macro to use it. */
export interface MacroDeclaration {
  readonly name: string;
  readonly body: 'none' | 'plain' | 'rich';
  /** The parameter that may be written without a name. */
  readonly defaultParameter?: string;
  readonly parameters: readonly ({ readonly name: string } & ParameterForm)[];
}

/** A macro as the renderer calls it. */
export interface Macro {
  readonly name: string;
  readonly body: 'none' | 'plain' | 'rich';
  readonly declaration: MacroDeclaration;
  readonly ask?: (call: MacroCall, scope: AskingScope) => void;
  readonly render: (call: MacroCall, scope: MacroScope) => string;
}

function valuesOf<Types extends ParameterTypes>(
  definition: MacroDefinition<Types>,
  call: MacroCall,
  content: RenderedContent | null,
): ParameterValues<Types> {
  const values = Object.entries(definition.parameters).map(([name, type]) => {
    const isDefault = name === definition.defaultParameter;
    const parameter = call.parameters.get(name) ?? (isDefault ? call.parameters.get('') : undefined);
    return [name, (parameter && type.read(parameter, content)) ?? type.fallback];
  });
  return Object.fromEntries(values) as ParameterValues<Types>;
}

/** What a script or a style sheet finds a macro by, as Confluence marks it. */
function rootOf(definition: { body: string }, call: MacroCall) {
  return (name: string, attributes: HtmlAttributes, html: string): string => {
    const { class: classNames, ...others } = attributes;
    const marked = {
      class: classes(classNames, 'conf-macro', name === 'span' ? 'output-inline' : 'output-block'),
      ...others,
      'data-hasbody': String(definition.body !== 'none'),
      'data-macro-id': call.id,
      'data-macro-name': call.name,
    };
    return tag(name, marked, html);
  };
}

/** Makes a macro of its definition: parameters are read by their types before its functions see them. */
export function defineMacro<const Types extends ParameterTypes>(definition: MacroDefinition<Types>): Macro {
  const { ask } = definition;
  return {
    name: definition.name,
    body: definition.body,
    declaration: {
      name: definition.name,
      body: definition.body,
      ...(definition.defaultParameter && { defaultParameter: definition.defaultParameter }),
      parameters: Object.entries(definition.parameters).map(([name, { form }]) => ({ name, ...form })),
    },
    ...(ask && { ask: (call, scope) => ask({ parameters: valuesOf(definition, call, scope.content), scope }) }),
    render: (call, scope) =>
      definition.render({
        parameters: valuesOf(definition, call, scope.content),
        scope,
        call,
        root: rootOf(definition, call),
      }),
  };
}
