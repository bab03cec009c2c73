import { Outlet, useLocation } from '@tanstack/react-router';
import { PanelLeft, X } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTexts } from '../messages/language';
import { useShown, type Shown } from './shown';
import { PageTree } from './tree/page-tree';
import './reading.css';

/** What is read, beside the tree of its space. The tree stays as it is while one goes from page to page. */
export function Reading() {
  const shown = useShown();
  const { href } = useLocation();
  const [isOpen, setOpen] = useState(false);
  useEffect(() => setOpen(false), [href]);
  return (
    <div className={`reading${isOpen ? ' drawer-open' : ''}`}>
      {shown && <Drawer shown={shown} isOpen={isOpen} setOpen={setOpen} />}
      <div className="reading-content" inert={isOpen}>
        <Outlet />
      </div>
    </div>
  );
}

/** The tree; at a phone's width it lies over the page until it is closed. */
function Drawer({ shown, isOpen, setOpen }: { shown: Shown; isOpen: boolean; setOpen(open: boolean): void }) {
  const { text } = useTexts();
  return (
    <>
      <button
        type="button"
        className="button drawer-button"
        aria-expanded={isOpen}
        aria-controls="page-tree"
        onClick={() => setOpen(!isOpen)}
      >
        {isOpen ? <X size={16} aria-hidden /> : <PanelLeft size={16} aria-hidden />}
        {text(isOpen ? 'tree.close' : 'tree.open')}
      </button>
      <aside id="page-tree" onKeyDown={(event) => event.key === 'Escape' && setOpen(false)}>
        <PageTree key={shown.space.key} space={shown.space} page={shown.page} />
      </aside>
    </>
  );
}
