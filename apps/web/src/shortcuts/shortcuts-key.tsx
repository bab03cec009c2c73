import { Keyboard } from 'lucide-react';
import { lazy, Suspense, useEffect, useState } from 'react';
import { useTexts } from '../messages/language';
import { actsAlone } from './shortcuts';

const ShortcutsSheet = lazy(() => import('./shortcuts-sheet'));

const isField = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest('input, textarea, select, [contenteditable="true"]') !== null;

/** Shows the sheet of keys: at `?` where nothing is typed, and at Ctrl or Command with `/` everywhere. */
export function ShortcutsKey() {
  const [isOpen, setOpen] = useState(false);
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.defaultPrevented || document.querySelector('dialog[open]')) return;
      const hasModifier = event.ctrlKey || event.metaKey;
      const asks = hasModifier
        ? event.key === '/' && !event.altKey
        : event.key === '?' && !event.altKey && !isField(event.target) && actsAlone.get();
      if (!asks) return;
      event.preventDefault();
      setOpen(true);
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, []);
  return <Suspense>{isOpen && <ShortcutsSheet close={() => setOpen(false)} />}</Suspense>;
}

/** A button for those who don't know the key. */
export function ShortcutsButton() {
  const { text } = useTexts();
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <button
        type="button"
        className="tool"
        title={text('shortcuts.title')}
        aria-label={text('shortcuts.title')}
        aria-haspopup="dialog"
        onClick={() => setOpen(true)}
      >
        <Keyboard size={17} aria-hidden />
      </button>
      <Suspense>{isOpen && <ShortcutsSheet close={() => setOpen(false)} />}</Suspense>
    </>
  );
}
