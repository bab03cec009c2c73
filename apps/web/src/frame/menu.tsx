import type { ReactNode, RefObject } from 'react';
import { flushSync } from 'react-dom';
import { Menu, MenuItem as AriaMenuItem } from 'react-aria-components/Menu';
import { Popover } from './popover';
import './menu.css';

interface OpenProps {
  readonly label: string;
  /** What it was opened by, and stands below. */
  readonly button: RefObject<HTMLButtonElement | null>;
  readonly className?: string;
  close(): void;
  readonly children: ReactNode;
}

/** A menu that is open while it is there, below a button that the library doesn't know. */
export function OpenMenu({ label, button, className = '', close, children }: OpenProps) {
  return (
    <Popover
      className={`menu-popover ${className}`}
      aria-label={label}
      isOpen
      placement="bottom end"
      triggerRef={button}
      onOpenChange={close}
    >
      <Menu className="menu" aria-label={label} autoFocus="first" onClose={close}>
        {children}
      </Menu>
    </Popover>
  );
}

interface ItemProps {
  readonly name: string;
  readonly label: string;
  readonly isDisabled?: boolean;
  /** It is likely to be wanted again at once. */
  readonly staysOpen?: boolean;
  close(): void;
  act(): void;
  /** What is shown, where that isn't the label. */
  readonly children?: ReactNode;
}

/** A line of a menu. What it does finds the menu closed, and may say itself where the focus goes. */
export function MenuItem({ name, label, isDisabled = false, staysOpen = false, close, act, children }: ItemProps) {
  const choose = () => {
    if (!staysOpen) flushSync(close);
    act();
  };
  return (
    <AriaMenuItem
      id={name}
      className="menu-item"
      textValue={label}
      isDisabled={isDisabled}
      shouldCloseOnSelect={!staysOpen}
      onAction={choose}
    >
      {children ?? label}
    </AriaMenuItem>
  );
}
