import type { ComponentProps, ReactNode } from 'react';
import { Popover as AriaPopover } from 'react-aria-components/Popover';
import { FocusReturn } from './focus-return';
import './popover.css';

interface Props extends Omit<ComponentProps<typeof AriaPopover>, 'className' | 'children'> {
  readonly className: string;
  readonly children: ReactNode;
}

/** What opens beside a button, wholly in the window; where no trigger of the library opens it, its owner says when and beside what. */
export function Popover({ className, children, ...properties }: Props) {
  return (
    <AriaPopover className={`popover ${className}`} offset={4} {...properties}>
      {children}
      <FocusReturn />
    </AriaPopover>
  );
}
