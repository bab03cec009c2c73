import { ChevronDown } from 'lucide-react';
import { useState } from 'react';
import { Button } from 'react-aria-components/Button';
import { Menu, MenuTrigger } from 'react-aria-components/Menu';
import { MenuItem } from '../../frame/menu';
import { Popover } from '../../frame/popover';
import './menus.css';

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
  /** Asked when it is opened. */
  choices(): readonly Choice[];
}

/** A button that opens a menu; nothing is done before something is chosen in it. */
export function MenuButton({ label, shown, choices }: Props) {
  const [isOpen, setOpen] = useState(false);
  return (
    <MenuTrigger isOpen={isOpen} onOpenChange={setOpen}>
      <Button className="tool menu-button" aria-label={label}>
        {shown}
        <ChevronDown size={14} aria-hidden />
      </Button>
      <Popover className="menu-popover">
        <Choices all={isOpen ? choices() : []} close={() => setOpen(false)} />
      </Popover>
    </MenuTrigger>
  );
}

function Choices({ all, close }: { all: readonly Choice[]; close(): void }) {
  const isOfOne = all.some(({ isChosen }) => isChosen !== undefined);
  return (
    <Menu
      className="menu"
      selectionMode={isOfOne ? 'single' : 'none'}
      selectedKeys={all.filter(({ isChosen }) => isChosen).map(({ key }) => key)}
    >
      {all.map(({ key, isChosen: _, ...choice }) => (
        <MenuItem key={key} name={key} {...choice} close={close} />
      ))}
    </Menu>
  );
}
