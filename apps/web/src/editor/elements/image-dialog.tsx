import type { StorageElement } from '@tributary/storage-format';
import { useState } from 'react';
import { useTexts } from '../../messages/language';
import { ElementForm } from './element-form';
import { imageAlignments, propertiesOfImage, withImageProperties, type ImageProperties } from './image-properties';

interface Props {
  readonly element: StorageElement;
  close(changed?: StorageElement): void;
}

const widthMax = 5_000;

/** What an image says to those who don't see it, its size, its place and its caption. */
export function ImageDialog({ element, close }: Props) {
  const { text } = useTexts();
  const [properties, setProperties] = useState(() => propertiesOfImage(element));
  const set = (changed: Partial<ImageProperties>) => setProperties({ ...properties, ...changed });
  return (
    <ElementForm
      title={text('element.image')}
      action={text('element.set')}
      submit={() => close(withImageProperties(element, properties))}
      cancel={() => close()}
    >
      <label>
        <span>{text('element.alt')}</span>
        <input value={properties.alt} onChange={({ target }) => set({ alt: target.value })} />
        <small>{text('element.alt.why')}</small>
      </label>
      <label>
        <span>{text('element.caption')}</span>
        <input value={properties.caption} onChange={({ target }) => set({ caption: target.value })} />
      </label>
      <label>
        <span>{text('element.width')}</span>
        <input
          type="number"
          min={1}
          max={widthMax}
          placeholder={text('element.width.own')}
          value={properties.width}
          onChange={({ target }) => set({ width: target.value })}
        />
      </label>
      <label>
        <span>{text('element.align')}</span>
        <select value={properties.align} onChange={({ target }) => set({ align: target.value })}>
          <option value="">{text('element.align.line')}</option>
          {imageAlignments.map((align) => (
            <option key={align} value={align}>
              {text(`element.align.${align}`)}
            </option>
          ))}
        </select>
      </label>
      <label className="element-check">
        <input
          type="checkbox"
          checked={properties.hasBorder}
          onChange={({ target }) => set({ hasBorder: target.checked })}
        />
        <span>{text('element.border')}</span>
      </label>
    </ElementForm>
  );
}
