import { ChevronDown } from 'lucide-react';
import { useRef, useState, type KeyboardEvent } from 'react';
import { Menu, MenuItem } from './menu';

export interface Choice {
  readonly key: string;
  readonly label: string;
  readonly isChosen?: boolean;
  readonly isDisabled?: boolean;
  /** Says itself where the focus goes. */
  act(): void;
}

interface Props {
  /** What is chosen from; begins with what is shown. */
  readonly label: string;
  readonly shown: string;
  readonly tabIndex: number;
  /** Asked when it is opened. */
  choices(): readonly Choice[];
}

const menuWidth = 240;

/** Below the button, but wholly in the window. */
function placeOf(button: HTMLElement | null) {
  const { left = 0, bottom = 0 } = button?.getBoundingClientRect() ?? {};
  return {
    top: bottom + 4,
    left: Math.max(8, Math.min(left, innerWidth - menuWidth - 8)),
    maxHeight: `calc(100vh - ${bottom + 12}px)`,
  };
}

/** A button that opens a menu; nothing is done before something is chosen in it. */
export function MenuButton({ label, shown, tabIndex, choices }: Props) {
  const button = useRef<HTMLButtonElement>(null);
  const [isOpen, setOpen] = useState(false);
  const press = (event: KeyboardEvent) => {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    event.preventDefault();
    setOpen(true);
  };
  const all = isOpen ? choices() : [];
  return (
    <>
      <button
        ref={button}
        type="button"
        className="tool menu-button"
        tabIndex={tabIndex}
        aria-label={label}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        onMouseDown={(event) => event.preventDefault()}
        onKeyDown={press}
        onClick={() => setOpen(!isOpen)}
      >
        {shown}
        <ChevronDown size={14} aria-hidden />
      </button>
      {isOpen && (
        <Menu
          label={label}
          style={placeOf(button.current)}
          startsAtChosen
          close={() => button.current?.focus()}
          left={() => setOpen(false)}
        >
          {all.map(({ key, act, ...item }) => (
            <MenuItem
              key={key}
              {...item}
              act={() => {
                setOpen(false);
                act();
              }}
            />
          ))}
        </Menu>
      )}
    </>
  );
}
