import { ChevronLeft, ChevronRight, X } from 'lucide-react';
import { useState, type KeyboardEvent } from 'react';
import { Overlay } from '../../frame/overlay';
import { useTexts } from '../../messages/language';

export interface Picture {
  readonly address: string;
  readonly name: string;
}

/** One of a page's pictures as large as the window, and from there the others. */
export default function Lightbox({ pictures, first, close }: LightboxProperties) {
  const { text } = useTexts();
  const [index, setIndex] = useState(first);
  const picture = pictures[index];
  const go = (step: number) => setIndex((index + step + pictures.length) % pictures.length);
  const press = (event: KeyboardEvent) => {
    if (event.key === 'ArrowRight') go(1);
    if (event.key === 'ArrowLeft') go(-1);
  };
  return (
    <Overlay className="lightbox-dialog" label={picture?.name || text('lightbox.title')} close={close}>
      <div className="lightbox" onKeyDown={press} onClick={(event) => event.target === event.currentTarget && close()}>
        <img src={picture?.address} alt={picture?.name ?? ''} onClick={close} />
        <p>
          {pictures.length > 1 && (
            <button type="button" className="icon-button" aria-label={text('lightbox.previous')} onClick={() => go(-1)}>
              <ChevronLeft size={20} aria-hidden />
            </button>
          )}
          <span role="status">
            {picture?.name}
            {pictures.length > 1 && ` (${index + 1}/${pictures.length})`}
          </span>
          {pictures.length > 1 && (
            <button type="button" className="icon-button" aria-label={text('lightbox.next')} onClick={() => go(1)}>
              <ChevronRight size={20} aria-hidden />
            </button>
          )}
          <button type="button" className="icon-button" aria-label={text('lightbox.close')} autoFocus onClick={close}>
            <X size={20} aria-hidden />
          </button>
        </p>
      </div>
    </Overlay>
  );
}

interface LightboxProperties {
  readonly pictures: readonly Picture[];
  readonly first: number;
  close(): void;
}
