import { useState } from 'react';
import { Combobox, ComboboxField, ComboboxOptions } from '../../frame/combobox';
import { Dialog } from '../../frame/dialog';
import { useTexts } from '../../messages/language';
import { labelOf, type AnyTarget, type LinkTarget } from './link-target';
import { useLinkOptions, type LinkingPage } from './link-options';

/** What becomes of the link: it gets a target, or goes; undefined for a writer who changed their mind. */
export type LinkAnswer = LinkTarget | 'removed' | undefined;

interface Props {
  readonly page: LinkingPage;
  /** Where the link goes that is changed; undefined for a new one. */
  readonly current: { readonly target: AnyTarget | undefined } | undefined;
  close(answer: LinkAnswer): void;
}

/** Asks where a link goes. */
export function LinkDialog({ page, current, close }: Props) {
  const { text } = useTexts();
  const first = current?.target ? labelOf(current.target) : '';
  const [words, setWords] = useState(first);
  const [chosen, choose] = useState<string>();
  const options = useLinkOptions(words, page);
  // What the link says already is chosen by nobody.
  const isAsItWas = words === first && chosen === undefined;
  const option = isAsItWas ? undefined : (options.find(({ key }) => key === chosen) ?? options[0]);
  const change = (changed: string) => {
    setWords(changed);
    choose(undefined);
  };
  return (
    <Dialog title={text(current ? 'editor.link.edit' : 'editor.link')} close={() => close(undefined)}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (option) close(option.target);
          else if (isAsItWas) close(undefined);
        }}
      >
        <Combobox words={words} change={change}>
          <ComboboxField
            label={text('editor.link.where')}
            // The library makes events of its own when it leads back from an option.
            onFocus={({ target, isTrusted }) => isTrusted && target.select()}
          />
          <p role="status" className="visually-hidden">
            {text('search.count', { count: options.length })}
          </p>
          <ComboboxOptions
            className="link-options"
            label={text('editor.link.targets')}
            words={words}
            options={options}
            current={option}
            choose={choose}
            act={({ target }) => close(target)}
          >
            {({ icon: Icon, title, detail }) => (
              <>
                <Icon size={16} aria-hidden />
                <span>{title}</span>
                <small>{detail}</small>
              </>
            )}
          </ComboboxOptions>
        </Combobox>
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
