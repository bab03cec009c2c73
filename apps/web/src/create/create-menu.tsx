import { useQuery } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { useOpening } from '../frame/use-opening';
import { useTexts } from '../messages/language';
import { sessionQuery } from '../rest/session';
import { isPressedAlone } from '../shortcuts/shortcuts';
import type { Kind } from './create-choices';
import './create-menu.css';

const loadChoices = () => import('./create-choices');
const CreateChoices = lazy(loadChoices);
const ChooseSpaceDialog = lazy(() => import('./choose-space-dialog'));
const CreateSpaceDialog = lazy(() => import('../spaces/create-space-dialog'));

/** Makes something new from any screen: where the reader is, if they may write there; else they are asked where. */
export function CreateMenu() {
  const { text } = useTexts();
  const { data: user } = useQuery(sessionQuery);
  const isKnown = user?.type === 'known';
  const button = useRef<HTMLButtonElement>(null);
  const menu = useOpening(loadChoices);
  const [asked, ask] = useState<Kind>();
  const close = () => ask(undefined);
  useEffect(() => {
    if (!isKnown) return undefined;
    const press = (event: KeyboardEvent) => {
      if (!isPressedAlone(event, 'c')) return;
      event.preventDefault();
      menu.open();
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, [isKnown]);
  if (!isKnown) return null;
  return (
    <>
      <button
        ref={button}
        type="button"
        className="create-button"
        aria-haspopup="menu"
        aria-expanded={menu.isOpen}
        aria-label={text('create.open')}
        title={text('create.open')}
        aria-keyshortcuts="C"
        onPointerEnter={menu.prepare}
        onClick={menu.open}
      >
        <Plus size={18} aria-hidden />
      </button>
      <Suspense>
        {menu.isOpen && <CreateChoices button={button} ask={ask} close={menu.close} />}
        {(asked === 'page' || asked === 'blogpost') && <ChooseSpaceDialog type={asked} close={close} />}
        {asked === 'space' && <CreateSpaceDialog close={close} />}
      </Suspense>
    </>
  );
}
