import { useEffect, useId, useState, type KeyboardEvent } from 'react';
import { Dialog } from '../../frame/dialog';
import { isOfInputMethod } from '../../frame/input-method';
import { useTexts } from '../../messages/language';
import { labelOf, type AnyTarget, type LinkTarget } from './link-target';
import { useLinkOptions, type LinkingPage, type LinkOption } from './link-options';

/** What becomes of the link: it gets a target, or goes; undefined for a writer who changed their mind. */
export type LinkAnswer = LinkTarget | 'removed' | undefined;

interface Props {
  readonly page: LinkingPage;
  /** Where the link goes that is changed; undefined for a new one. */
  readonly current: { readonly target: AnyTarget | undefined } | undefined;
  close(answer: LinkAnswer): void;
}

/** Asks where a link goes: ARIA's combobox with a list box, whose focus stays in the field. */
export function LinkDialog({ page, current, close }: Props) {
  const { text } = useTexts();
  const id = useId();
  const first = current?.target ? labelOf(current.target) : '';
  const [words, setWords] = useState(first);
  const [chosen, setChosen] = useState<string>();
  const options = useLinkOptions(words, page);
  // What the link says already is chosen by nobody.
  const isAsItWas = words === first && chosen === undefined;
  const at = isAsItWas
    ? -1
    : Math.max(
        0,
        options.findIndex(({ key }) => key === chosen),
      );
  const option = options[at];
  return (
    <Dialog title={text(current ? 'editor.link.edit' : 'editor.link')} close={() => close(undefined)}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (option) close(option.target);
          else if (isAsItWas) close(undefined);
        }}
      >
        <TargetField
          id={id}
          words={words}
          options={options}
          at={at}
          choose={setChosen}
          change={(changed) => {
            setWords(changed);
            setChosen(undefined);
          }}
        />
        <LinkOptions id={id} options={options} at={at} choose={({ target }) => close(target)} />
        <div className="dialog-buttons">
          {current && (
            <button type="button" className="button link-remove" onClick={() => close('removed')}>
              {text('editor.link.remove')}
            </button>
          )}
          <button type="button" className="button" onClick={() => close(undefined)}>
            {text('editor.cancel')}
          </button>
          <button type="submit" className="button primary" disabled={!option && !isAsItWas}>
            {text('editor.link.set')}
          </button>
        </div>
      </form>
    </Dialog>
  );
}

interface FieldProps {
  /** Of the list. */
  readonly id: string;
  readonly words: string;
  readonly options: readonly LinkOption[];
  readonly at: number;
  choose(key: string | undefined): void;
  change(words: string): void;
}

function TargetField({ id, words, options, at, choose, change }: FieldProps) {
  const { text } = useTexts();
  const press = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (isOfInputMethod(event.nativeEvent) || step === undefined || options.length === 0) return;
    event.preventDefault();
    const next = at < 0 && step < 0 ? options.length - 1 : (at + step + options.length) % options.length;
    choose(options[next]?.key);
  };
  return (
    <label>
      {text('editor.link.where')}
      <input
        autoFocus
        autoComplete="off"
        role="combobox"
        aria-expanded="true"
        aria-autocomplete="list"
        aria-controls={id}
        aria-activedescendant={at < 0 || options.length === 0 ? undefined : `${id}-${at}`}
        value={words}
        onFocus={({ target }) => target.select()}
        onKeyDown={press}
        onChange={({ target }) => change(target.value)}
      />
    </label>
  );
}

interface OptionsProps {
  readonly id: string;
  readonly options: readonly LinkOption[];
  /** The one that is chosen by the keyboard. */
  readonly at: number;
  choose(option: LinkOption): void;
}

function LinkOptions({ id, options, at, choose }: OptionsProps) {
  const { text } = useTexts();
  useEffect(() => {
    document.getElementById(`${id}-${at}`)?.scrollIntoView({ block: 'nearest' });
  }, [id, at]);
  return (
    <>
      <p role="status" className="visually-hidden">
        {text('search.count', { count: options.length })}
      </p>
      <ul id={id} className="link-options" role="listbox" aria-label={text('editor.link.targets')}>
        {options.map((option, index) => (
          <li
            key={option.key}
            id={`${id}-${index}`}
            role="option"
            aria-selected={index === at}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => choose(option)}
          >
            <option.icon size={16} aria-hidden />
            <span className="link-option-title">{option.title}</span>
            <small>{option.detail}</small>
          </li>
        ))}
      </ul>
    </>
  );
}
