import { useState, type ReactNode } from 'react';
import { Dialog } from '../frame/dialog';
import { useTexts, type MessageKey } from '../messages/language';
import { actsAlone, anywhere, inText, keyNames, typed, whileReading, whileWriting } from './shortcuts';
import './shortcuts.css';

const groups = [
  ['shortcuts.anywhere', Object.values(anywhere)],
  ['shortcuts.reading', Object.values(whileReading)],
  ['shortcuts.writing', Object.values(whileWriting)],
  ['shortcuts.text', Object.values(inText)],
] as const;

/** All keys that do something, where they do it. */
export default function ShortcutsSheet({ close }: { close(): void }) {
  const { text } = useTexts();
  const [acts, setActs] = useState(actsAlone.get());
  return (
    <Dialog title={text('shortcuts.title')} isWide close={close}>
      <div className="shortcuts" tabIndex={0} role="region" aria-label={text('shortcuts.title')}>
        {groups.map(([title, shortcuts]) => (
          <Group key={title} title={text(title)}>
            {shortcuts.map(({ keys, label }) => (
              <Row key={`${label} ${keys.join()}`} label={label}>
                {keys.map((each, index) => (
                  <span key={each}>
                    {index > 0 && ` ${text('shortcuts.or')} `}
                    {keyNames(each).map((name) => (
                      <kbd key={name}>{name}</kbd>
                    ))}
                  </span>
                ))}
              </Row>
            ))}
          </Group>
        ))}
        <Group title={text('shortcuts.typed')}>
          {typed.map(({ keys, label }) => (
            <Row key={`${label} ${keys.join()}`} label={label}>
              <code>{keys[0]?.replace(/ $/, '␣')}</code>
            </Row>
          ))}
        </Group>
      </div>
      <label className="shortcuts-alone">
        <input
          type="checkbox"
          checked={acts}
          onChange={({ target }) => {
            actsAlone.set(target.checked);
            setActs(target.checked);
          }}
        />
        {text('shortcuts.alone')}
      </label>
      <div className="dialog-buttons">
        <button type="button" className="button" onClick={close}>
          {text('editor.close')}
        </button>
      </div>
    </Dialog>
  );
}

function Group({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section>
      <h3>{title}</h3>
      <dl>{children}</dl>
    </section>
  );
}

function Row({ label, children }: { label: MessageKey; children: ReactNode }) {
  const { text } = useTexts();
  return (
    <div>
      <dt>{text(label)}</dt>
      <dd>{children}</dd>
    </div>
  );
}
