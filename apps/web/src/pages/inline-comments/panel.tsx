import { X } from 'lucide-react';
import { useEffect, useEffectEvent, useRef, type ReactNode } from 'react';
import { isOfInputMethod } from '../../frame/input-method';
import { useTexts } from '../../messages/language';
import { isDialogOpen } from '../../shortcuts/shortcuts';

interface PanelProperties {
  /** The passage that it is about. */
  readonly quote: string;
  readonly actions?: ReactNode;
  close(): void;
  readonly children: ReactNode;
}

/** Stands beside the text, below it on a phone. It takes the focus when it comes; Escape closes it. */
export function Panel({ quote, actions, close, children }: PanelProperties) {
  const { text } = useTexts();
  const panel = useRef<HTMLElement>(null);
  const press = useEffectEvent((event: KeyboardEvent) => {
    if (isOfInputMethod(event) || event.key !== 'Escape' || event.defaultPrevented) return;
    if (!isWriting(event.target)) close();
  });
  useEffect(() => {
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, []);
  useEffect(() => {
    // A form in it has the focus already.
    if (!panel.current?.contains(document.activeElement)) panel.current?.focus({ preventScroll: true });
  }, []);
  return (
    <aside
      ref={panel}
      tabIndex={-1}
      className="inline-panel"
      aria-label={text('inline.about', { quote: shortened(quote) })}
    >
      <header>
        <blockquote>{quote}</blockquote>
        <button type="button" className="icon-button" aria-label={text('inline.close')} onClick={close}>
          <X size={17} aria-hidden />
        </button>
      </header>
      {children}
      {actions && <footer>{actions}</footer>}
    </aside>
  );
}

/** What is written isn't thrown away by a key; what is open above the page closes first. */
const isWriting = (target: EventTarget | null): boolean =>
  (target instanceof HTMLTextAreaElement && target.value !== '') || isDialogOpen();

const shownMax = 60;

/** A passage as names of things show it. */
export const shortened = (quote: string): string =>
  quote.length > shownMax ? `${quote.slice(0, shownMax).trimEnd()}…` : quote;
