import { useState } from 'react';
import { isOfInputMethod } from '../../frame/input-method';
import { useTexts } from '../../messages/language';
import type { ParameterValues } from './macro-parameters';

interface Props {
  readonly taken: ParameterValues;
  add(name: string): void;
}

/** Gives a macro that nobody declared one more parameter. */
export function FreeParameters({ taken, add }: Props) {
  const { text } = useTexts();
  const [name, setName] = useState('');
  const given = name.trim();
  const isFree = given !== '' && !taken.has(given);
  const addGiven = () => {
    if (!isFree) return;
    add(given);
    setName('');
  };
  return (
    <div className="free-parameter">
      <input
        aria-label={text('element.parameterName')}
        placeholder={text('element.parameterName')}
        value={name}
        onChange={({ target }) => setName(target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || isOfInputMethod(event.nativeEvent) || given === '') return;
          event.preventDefault();
          addGiven();
        }}
      />
      <button type="button" className="button" disabled={!isFree} onClick={addGiven}>
        {text('element.addParameter')}
      </button>
    </div>
  );
}
