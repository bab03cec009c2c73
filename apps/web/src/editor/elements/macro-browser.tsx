import { useQuery } from '@tanstack/react-query';
import type { MacroDeclaration, StorageElement } from '@tributary/storage-format';
import { useState } from 'react';
import { Dialog } from '../../frame/dialog';
import { useTexts } from '../../messages/language';
import { failureKey } from '../../rest/client';
import { macrosQuery } from '../../rest/macros';
import { newMacro } from './insert-macro';
import { MacroDialog } from './macro-dialog';
import { macrosFor } from './macro-search';

type Body = MacroDeclaration['body'];
interface Chosen {
  readonly name: string;
  readonly body: Body;
}

/** Lets the writer choose a macro and set its parameters; undefined where they changed their mind. */
export function MacroBrowser({ close }: { close(chosen?: StorageElement): void }) {
  const { text } = useTexts();
  const [chosen, setChosen] = useState<Chosen>();
  if (!chosen) return <MacroList choose={setChosen} close={() => close()} />;
  return <MacroDialog name={chosen.name} element={newMacro(chosen)} action={text('element.insert')} close={close} />;
}

const macroName = /^[\w.-]{1,80}$/;
const bodies = ['none', 'rich', 'plain'] as const;

function MacroList({ choose, close }: { choose(chosen: Chosen): void; close(): void }) {
  const { text } = useTexts();
  const { data: macros = [], error } = useQuery(macrosQuery);
  const [words, setWords] = useState('');
  const found = macrosFor(text, macros, words);
  const given = words.trim();
  const isOther = macroName.test(given) && !macros.some(({ name }) => name === given);
  return (
    <Dialog title={text('element.macros')} isWide close={close}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          const [first] = found;
          if (first) choose(first);
        }}
      >
        <label>
          {text('element.find')}
          <input type="search" value={words} onChange={({ target }) => setWords(target.value)} />
        </label>
        {error && <p role="alert">{text(failureKey(error))}</p>}
        <ul className="macro-list" aria-label={text('element.macros')}>
          {found.map((each) => (
            <li key={each.name}>
              <button type="button" className="macro-choice" onClick={() => choose(each)}>
                <strong>{each.label}</strong>
                <span>{each.purpose}</span>
              </button>
            </li>
          ))}
        </ul>
        {isOther && (
          <fieldset className="macro-other">
            <legend>{text('element.other', { name: given })}</legend>
            {bodies.map((body) => (
              <button key={body} type="button" className="button" onClick={() => choose({ name: given, body })}>
                {text(`element.body.${body}`)}
              </button>
            ))}
          </fieldset>
        )}
        <div className="dialog-buttons">
          <button type="button" className="button" onClick={close}>
            {text('editor.cancel')}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
