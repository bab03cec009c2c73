import { useQuery } from '@tanstack/react-query';
import type { MacroDeclaration, ParameterForm } from '@tributary/storage-format';
import { useId } from 'react';
import { useTexts } from '../../messages/language';
import { pagesToLinkQuery } from '../../rest/writing';
import { elementLabels } from './element-labels';
import { formOf, type ParameterValues } from './macro-parameters';

interface Props {
  readonly declaration: MacroDeclaration | undefined;
  readonly values: ParameterValues;
  change(name: string, value: string): void;
}

/** A field for each parameter of a macro: those that it declares, and others that it has. */
export function ParameterFields({ declaration, values, change }: Props) {
  const { text } = useTexts();
  const labels = elementLabels(text);
  return [...values].map(([name, value]) => (
    <label key={name}>
      <span>{labels.parameter(name)}</span>
      <ParameterField form={formOf(declaration, name)} value={value} change={(changed) => change(name, changed)} />
    </label>
  ));
}

interface FieldProps {
  readonly form: ParameterForm;
  readonly value: string;
  change(value: string): void;
}

function ParameterField({ form, value, change }: FieldProps) {
  switch (form.kind) {
    case 'boolean':
    case 'choice':
      return <ChoiceField form={form} value={value} change={change} />;
    case 'colour':
      return <ColourField value={value} change={change} />;
    case 'page':
    case 'place':
      return <PageField value={value} change={change} />;
    case 'integer':
      return (
        <input
          type="number"
          min={form.minimum}
          max={form.maximum}
          placeholder={String(form.fallback)}
          value={value}
          onChange={({ target }) => change(target.value)}
        />
      );
    // A newer version may declare what this one doesn't know.
    case 'text':
    default:
      return <input placeholder={form.fallback} value={value} onChange={({ target }) => change(target.value)} />;
  }
}

interface ChoiceProps extends Omit<FieldProps, 'form'> {
  readonly form: Extract<ParameterForm, { kind: 'boolean' | 'choice' }>;
}

function ChoiceField({ form, value, change }: ChoiceProps) {
  const { text } = useTexts();
  const label = elementLabels(text).choice;
  const declared = form.kind === 'boolean' ? ['true', 'false'] : form.choices;
  const known = declared.find((choice) => choice.toLowerCase() === value.toLowerCase());
  // What somebody wrote that isn't known stays until another is chosen.
  const choices = value === '' || known !== undefined ? declared : [...declared, value];
  return (
    <select value={known ?? value} onChange={({ target }) => change(target.value)}>
      <option value="">{text('element.usual', { value: label(String(form.fallback)) })}</option>
      {choices.map((choice) => (
        <option key={choice} value={choice}>
          {label(choice)}
        </option>
      ))}
    </select>
  );
}

const hexColour = /^#[0-9a-f]{6}$/i;

/** A colour by its name or number, or by a picture of all colours. */
function ColourField({ value, change }: Omit<FieldProps, 'form'>) {
  const { text } = useTexts();
  return (
    <span className="colour-field">
      <input value={value} onChange={({ target }) => change(target.value)} />
      <input
        type="color"
        aria-label={text('element.colourPicker')}
        value={hexColour.test(value) ? value : '#888888'}
        onChange={({ target }) => change(target.value)}
      />
    </span>
  );
}

/** A page by its title, with what the wiki has that begins so. */
function PageField({ value, change }: Omit<FieldProps, 'form'>) {
  const { text } = useTexts();
  const list = useId();
  const words = value.replace(/^~?[\w.-]+:/, '');
  const { data: pages = [] } = useQuery({ ...pagesToLinkQuery(words), enabled: words.trim().length > 1 });
  return (
    <>
      <input
        list={list}
        placeholder={text('element.pageForm')}
        value={value}
        onChange={({ target }) => change(target.value)}
      />
      <datalist id={list}>
        {pages.map(({ id, title, space }) => (
          <option key={id} value={space === undefined ? title : `${space.key}:${title}`} />
        ))}
      </datalist>
    </>
  );
}
