import type { ReactNode } from 'react';
import { flushSync } from 'react-dom';
import { MenuItem as AriaMenuItem } from 'react-aria-components/Menu';
import './menu.css';

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
