import type { StorageElement } from '@tributary/storage-format';
import { useState } from 'react';
import { useTexts } from '../../messages/language';
import { statusColours } from '../insertions';
import { parameterText } from './drawing';
import { ElementForm } from './element-form';
import { elementLabels } from './element-labels';
import { withParameter } from './macro-parameters';

interface Props {
  readonly element: StorageElement;
  close(changed?: StorageElement): void;
}

/** The word of a status and its colour. */
export function StatusDialog({ element, close }: Props) {
  const { text } = useTexts();
  const labels = elementLabels(text);
  const written = parameterText(element, 'colour');
  const [title, setTitle] = useState(() => parameterText(element, 'title'));
  const [colour, setColour] = useState(
    () => statusColours.find((each) => each.toLowerCase() === written.toLowerCase()) ?? 'Grey',
  );
  const [isSubtle, setSubtle] = useState(() => parameterText(element, 'subtle') === 'true');
  const changed = () => {
    const isSame = written.toLowerCase() === colour.toLowerCase() || (written === '' && colour === 'Grey');
    const coloured = isSame ? element : withParameter(element, 'colour', colour);
    const subtle =
      isSubtle === (parameterText(element, 'subtle') === 'true')
        ? coloured
        : withParameter(coloured, 'subtle', isSubtle ? 'true' : '');
    return withParameter(subtle, 'title', title.trim());
  };
  return (
    <ElementForm
      title={labels.macro('status')}
      action={text('element.set')}
      submit={() => close(changed())}
      cancel={() => close()}
    >
      <label>
        <span>{labels.parameter('title')}</span>
        <input required value={title} onChange={({ target }) => setTitle(target.value)} />
      </label>
      <fieldset className="status-colours">
        <legend>{labels.parameter('colour')}</legend>
        {statusColours.map((each) => (
          <label key={each}>
            <input type="radio" name="status-colour" checked={each === colour} onChange={() => setColour(each)} />
            <span className={`status-lozenge ${each.toLowerCase()}`}>{labels.choice(each)}</span>
          </label>
        ))}
      </fieldset>
      <label className="element-check">
        <input type="checkbox" checked={isSubtle} onChange={({ target }) => setSubtle(target.checked)} />
        <span>{labels.parameter('subtle')}</span>
      </label>
    </ElementForm>
  );
}
