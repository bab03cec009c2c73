import { describe, expect, it } from '@jest/globals';
import { elementOf, sourceOf } from '@tributary/editor-document';
import { macroDeclarations, type MacroDeclaration } from '@tributary/storage-format';
import { valuesOf, withParameter, withParameters } from './macro-parameters';

const macro = (name: string, inside: string): string =>
  `<ac:structured-macro ac:name="${name}" ac:macro-id="m1" data-layout="wide">${inside}</ac:structured-macro>`;
const parameter = (name: string, value: string): string => `<ac:parameter ac:name="${name}">${value}</ac:parameter>`;
const declared = (name: string): MacroDeclaration => {
  const found = macroDeclarations.find((each) => each.name === name);
  if (found === undefined) throw new Error(name);
  return found;
};
const linked = '<ac:link><ri:page ri:space-key="OPS" ri:content-title="On: call" /></ac:link>';

describe('the values of a macro', () => {
  it('are those that are declared, and what else it has', () => {
    const source = macro('info', parameter('icon', 'false') + parameter('mood', ' bright '));
    expect([...valuesOf(elementOf(source), declared('info'))]).toEqual([
      ['title', ''],
      ['icon', 'false'],
      ['mood', 'bright'],
    ]);
  });

  it('find the default parameter without its name, and a page in its element', () => {
    const source = macro('include', parameter('', linked));
    expect([...valuesOf(elementOf(source), declared('include'))]).toEqual([['page', 'OPS:On: call']]);
    const old = '<ac:macro ac:name="anchor" ac:default-parameter="here" />';
    expect([...valuesOf(elementOf(old), declared('anchor'))]).toEqual([['name', 'here']]);
  });

  it('leave out what no field can show', () => {
    const source = macro('profile', parameter('user', '<ri:user ri:userkey="k" />') + parameter('size', '2'));
    expect([...valuesOf(elementOf(source), undefined)]).toEqual([['size', '2']]);
  });
});

describe('a macro with parameters set', () => {
  it('is what it was when all are as they were', () => {
    for (const source of [
      macro('include', parameter('', linked)),
      macro(
        'children',
        parameter('page', '<ac:link><ri:space ri:space-key="A" /></ac:link>') + parameter('odd', ' x '),
      ),
      macro('panel', `${parameter('title', '\n T')}<!-- c --><ac:rich-text-body><p>b</p></ac:rich-text-body>`),
    ]) {
      const element = elementOf(source);
      const declaration = macroDeclarations.find(({ name }) => source.includes(`"${name}"`));
      expect(sourceOf(withParameters(element, valuesOf(element, declaration), declaration))).toBe(source);
    }
  });

  it('has a new one behind the others, and keeps attributes and body', () => {
    const body = '<ac:rich-text-body><p>b</p></ac:rich-text-body>';
    const source = macro('panel', parameter('title', 'T') + body);
    expect(sourceOf(withParameter(elementOf(source), 'bgColor', '#fff', declared('panel')))).toBe(
      macro('panel', parameter('title', 'T') + parameter('bgColor', '#fff') + body),
    );
    expect(sourceOf(withParameter(elementOf(source), 'title', '', declared('panel')))).toBe(macro('panel', body));
  });

  it('names a page by an element, and writes what stands for a place as it is', () => {
    const set = (name: string, parameterName: string, value: string) =>
      sourceOf(withParameter(elementOf(macro(name, '')), parameterName, value, declared(name)));
    expect(set('include', 'page', 'OPS:On: call')).toBe(macro('include', parameter('page', linked)));
    expect(set('include', 'page', 'Note: mind')).toBe(
      macro('include', parameter('page', '<ac:link><ri:page ri:content-title="Note: mind" /></ac:link>')),
    );
    for (const word of ['@self', '/', 'OPS:']) {
      expect(set('pagetree', 'root', word)).toBe(macro('pagetree', parameter('root', word)));
    }
  });

  it('keeps the form of a default parameter, also that of an old macro', () => {
    const source = macro('include', parameter('', linked));
    expect(sourceOf(withParameter(elementOf(source), 'page', 'Other', declared('include')))).toContain(
      'ac:parameter ac:name=""><ac:link><ri:page ri:content-title="Other" />',
    );
    const old = elementOf('<ac:macro ac:name="anchor" ac:default-parameter="here" />');
    const changed = withParameter(old, 'name', 'there', declared('anchor'));
    expect([...valuesOf(changed, declared('anchor'))]).toEqual([['name', 'there']]);
  });
});
