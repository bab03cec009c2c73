import { MessageSquarePlus } from 'lucide-react';
import { useEffect, useEffectEvent, useState, type CSSProperties, type RefObject } from 'react';
import { createPortal } from 'react-dom';
import { useTexts } from '../../messages/language';
import { chosenIn, type ChosenPassage } from './passage';

/** While somebody selects, the selection changes with every move. */
const settleMillis = 150;
const below = 8;

interface SelectionButtonProperties {
  readonly body: RefObject<HTMLElement | null>;
  comment(passage: ChosenPassage): void;
}

/** Offers to comment on what is selected in a body, right below it; Ctrl+Alt+M does the same. */
export function SelectionButton({ body, comment }: SelectionButtonProperties) {
  const { text } = useTexts();
  const [place, setPlace] = useState<CSSProperties>();
  const begin = () => {
    const passage = body.current ? chosenIn(body.current) : undefined;
    if (!passage) return;
    setPlace(undefined);
    comment(passage);
  };
  const press = useEffectEvent((event: KeyboardEvent) => {
    if (event.code !== 'KeyM' || !event.altKey || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    begin();
  });
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = () => setPlace(body.current ? placeOf(chosenIn(body.current)) : undefined);
    const change = () => {
      clearTimeout(timer);
      timer = setTimeout(look, settleMillis);
    };
    document.addEventListener('selectionchange', change);
    document.addEventListener('keydown', press);
    // Somebody may have selected before this was here.
    change();
    return () => {
      clearTimeout(timer);
      document.removeEventListener('selectionchange', change);
      document.removeEventListener('keydown', press);
    };
  }, [body]);
  if (!place) return null;
  return createPortal(
    <button
      type="button"
      className="button selection-button"
      style={place}
      aria-keyshortcuts="Control+Alt+M"
      title="Ctrl+Alt+M"
      // The press would take the selection away.
      onPointerDown={(event) => event.preventDefault()}
      onClick={begin}
    >
      <MessageSquarePlus size={15} aria-hidden /> {text('inline.comment')}
    </button>,
    document.body,
  );
}

function placeOf(passage: ChosenPassage | undefined): CSSProperties | undefined {
  const last = passage && [...passage.range.getClientRects()].at(-1);
  if (!last) return undefined;
  return { top: last.bottom + scrollY + below, left: Math.max(below, Math.min(last.left, innerWidth - 160)) };
}
