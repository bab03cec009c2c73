import { Keyboard } from 'lucide-react';
import { lazy, Suspense, useEffect, useState } from 'react';
import { ToolButton } from '../frame/tool-button';
import { useTexts } from '../messages/language';
import { isDialogOpen, isPressedAlone } from './shortcuts';

const ShortcutsSheet = lazy(() => import('./shortcuts-sheet'));

/** Shows the sheet of keys: at `?` where nothing is typed, and at Ctrl or Command with `/` everywhere. */
export function ShortcutsKey() {
  const [isOpen, setOpen] = useState(false);
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const isChord = (event.ctrlKey || event.metaKey) && event.key === '/' && !event.altKey;
      if (!isChord && !isPressedAlone(event, '?')) return;
      // Asked last: looking for one in a long page costs more than all the rest of a key.
      if (event.defaultPrevented || isDialogOpen()) return;
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
      <ToolButton label={text('shortcuts.title')} aria-haspopup="dialog" onClick={() => setOpen(true)}>
        <Keyboard size={17} aria-hidden />
      </ToolButton>
      <Suspense>{isOpen && <ShortcutsSheet close={() => setOpen(false)} />}</Suspense>
    </>
  );
}
