import { ChevronLeft, ChevronRight, X } from 'lucide-react';
import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { useTexts } from '../../messages/language';

export interface Picture {
  readonly address: string;
  readonly name: string;
}

/** One of a page's pictures as large as the window, and from there the others. */
export default function Lightbox({ pictures, first, close }: LightboxProperties) {
  const { text } = useTexts();
  const dialog = useRef<HTMLDialogElement>(null);
  const [index, setIndex] = useState(first);
  useEffect(() => {
    dialog.current?.showModal();
  }, []);
  const picture = pictures[index];
  const go = (step: number) => setIndex((index + step + pictures.length) % pictures.length);
  const press = (event: KeyboardEvent) => {
    if (event.key === 'ArrowRight') go(1);
    if (event.key === 'ArrowLeft') go(-1);
  };
  const shut = () => dialog.current?.close();
  return (
    <dialog
      ref={dialog}
      className="lightbox"
      aria-label={picture?.name || text('lightbox.title')}
      onClose={close}
      onKeyDown={press}
      onClick={(event) => event.target === event.currentTarget && shut()}
    >
      <img src={picture?.address} alt={picture?.name ?? ''} onClick={shut} />
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
        <button type="button" className="icon-button" aria-label={text('lightbox.close')} autoFocus onClick={shut}>
          <X size={20} aria-hidden />
        </button>
      </p>
    </dialog>
  );
}

interface LightboxProperties {
  readonly pictures: readonly Picture[];
  readonly first: number;
  close(): void;
}
