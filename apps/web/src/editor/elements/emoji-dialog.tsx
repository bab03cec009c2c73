import { useState } from 'react';
import { Dialog } from '../../frame/dialog';
import { useTexts } from '../../messages/language';
import { emojiFor, emojiLabel, type Emoji } from './emoji';

/** Lets the writer choose an emoji; Enter takes the first that is found. */
export function EmojiDialog({ close }: { close(chosen?: Emoji): void }) {
  const { text, language } = useTexts();
  const [words, setWords] = useState('');
  const found = emojiFor(words);
  return (
    <Dialog title={text('element.emoji')} close={() => close()}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (found[0]) close(found[0]);
        }}
      >
        <label>
          {text('element.findEmoji')}
          <input type="search" value={words} onChange={({ target }) => setWords(target.value)} />
        </label>
        <ul className="emoji-list" aria-label={text('element.emoji')}>
          {found.map((each) => (
            <li key={each.name}>
              <button
                type="button"
                className={`emoji-choice emoticon-${each.name}`}
                title={emojiLabel(each, language)}
                aria-label={emojiLabel(each, language)}
                onClick={() => close(each)}
              >
                {each.character}
              </button>
            </li>
          ))}
        </ul>
        <div className="dialog-buttons">
          <button type="button" className="button" onClick={() => close()}>
            {text('editor.cancel')}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
