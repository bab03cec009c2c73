import { useState, type CSSProperties } from 'react';
import { Dialog } from '../../frame/dialog';
import { useTexts } from '../../messages/language';
import { textColours, type TextColour } from './text-colours';

interface Props {
  /** As it is now. */
  readonly colour: string | undefined;
  /** Null for none; undefined where the writer changed their mind. */
  close(chosen?: string | null): void;
}

const names = Object.keys(textColours) as TextColour[];
const drawn = (colour: string) => ({ '--written': colour }) as CSSProperties;

/** The colour of text: one of a few that everybody can read, or any other. */
export function ColourDialog({ colour, close }: Props) {
  const { text } = useTexts();
  const [own, setOwn] = useState('#0b6a6a');
  return (
    <Dialog title={text('element.textColour')} close={() => close()}>
      <div className="text-colours" role="group" aria-label={text('element.textColour')}>
        {names.map((name) => (
          <button
            key={name}
            type="button"
            className="button"
            aria-pressed={colour === textColours[name]}
            onClick={() => close(textColours[name])}
          >
            <span className="written-colour" style={drawn(textColours[name])} aria-hidden>
              ⬤
            </span>{' '}
            {text(`element.colour.${name}`)}
          </button>
        ))}
      </div>
      <div className="own-colour">
        <input
          type="color"
          aria-label={text('element.colourPicker')}
          value={own}
          onChange={({ target }) => setOwn(target.value)}
        />
        <button type="button" className="button" onClick={() => close(own)}>
          {text('element.ownColour')}
        </button>
      </div>
      <div className="dialog-buttons">
        <button type="button" className="button" onClick={() => close()}>
          {text('editor.cancel')}
        </button>
        <button type="button" className="button" disabled={colour === undefined} onClick={() => close(null)}>
          {text('element.noColour')}
        </button>
      </div>
    </Dialog>
  );
}
