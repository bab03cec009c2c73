import { withAttribute } from '@tributary/editor-document';
import { attributeOf, type StorageElement } from '@tributary/storage-format';
import { useState } from 'react';
import { useTexts } from '../../messages/language';
import { ElementForm } from './element-form';

interface Props {
  readonly element: StorageElement;
  close(changed?: StorageElement): void;
}

/** A day, by what the browser offers for it in the writer's language. */
export function DateDialog({ element, close }: Props) {
  const { text } = useTexts();
  const written = (attributeOf(element, 'datetime') ?? '').slice(0, 10);
  const [day, setDay] = useState(written);
  return (
    <ElementForm
      title={text('editor.date')}
      action={text('element.set')}
      // A text of its own would go on saying the old day.
      submit={() => close(day === written ? element : { ...withAttribute(element, 'datetime', day), children: [] })}
      cancel={() => close()}
    >
      <label>
        <span>{text('element.day')}</span>
        <input type="date" required value={day} onChange={({ target }) => setDay(target.value)} />
      </label>
    </ElementForm>
  );
}
