import { useEffect, useRef, type CSSProperties, type KeyboardEvent, type ReactNode } from 'react';
import './menus.css';

interface Props {
  readonly label: string;
  readonly style: CSSProperties;
  /** Begins at the item that holds now. */
  readonly startsAtChosen?: boolean;
  /** The writer wants nothing of it. */
  close(): void;
  /** The focus has gone elsewhere. */
  left(): void;
  readonly children: ReactNode;
}

/** Actions below one another: arrows go from one to the next, a letter to the next that begins with it, Escape closes. */
export function Menu({ label, style, startsAtChosen = false, close, left, children }: Props) {
  const menu = useRef<HTMLDivElement>(null);
  const items = () => [...(menu.current?.querySelectorAll<HTMLElement>('[role^=menuitem]:not(:disabled)') ?? [])];
  useEffect(() => {
    const chosen = startsAtChosen && items().find((item) => item.ariaChecked === 'true');
    (chosen || items()[0])?.focus();
  }, []);
  const press = (event: KeyboardEvent) => {
    const all = items();
    const at = all.indexOf(document.activeElement as HTMLElement);
    if (event.key === 'Escape' || event.key === 'Tab') close();
    else if (event.key !== 'Enter' && event.key !== ' ') {
      const next = nextItem(all, at, event);
      if (next === undefined) return;
      next.focus();
    } else return event.stopPropagation();
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div
      ref={menu}
      className="block-menu"
      role="menu"
      tabIndex={-1}
      aria-label={label}
      style={style}
      onKeyDown={press}
      onBlur={({ relatedTarget }) => {
        if (!menu.current?.contains(relatedTarget)) left();
      }}
    >
      {children}
    </div>
  );
}

/** Where a key leads from the item `at`. */
function nextItem(all: readonly HTMLElement[], at: number, event: KeyboardEvent): HTMLElement | undefined {
  const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
  if (step !== undefined) return all[(at + step + all.length) % all.length];
  if (event.key === 'Home') return all[0];
  if (event.key === 'End') return all.at(-1);
  if (event.key.length > 1 || event.ctrlKey || event.metaKey || event.altKey) return undefined;
  const letter = event.key.toLowerCase();
  const begins = ({ textContent }: HTMLElement) => textContent.trim().toLowerCase().startsWith(letter);
  return [...all.slice(at + 1), ...all.slice(0, at)].find(begins);
}

interface ItemProps {
  readonly label: string;
  /** For one of several, of which one holds: whether it does. */
  readonly isChosen?: boolean | undefined;
  readonly isDisabled?: boolean;
  act(): void;
}

/** A line of a menu. */
export function MenuItem({ label, isChosen, isDisabled = false, act }: ItemProps) {
  return (
    <button
      type="button"
      role={isChosen === undefined ? 'menuitem' : 'menuitemradio'}
      aria-checked={isChosen}
      tabIndex={-1}
      disabled={isDisabled}
      onClick={act}
    >
      {label}
    </button>
  );
}
