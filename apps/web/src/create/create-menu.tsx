import { useQuery } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { FileText, FolderPlus, Newspaper, Plus } from 'lucide-react';
import { lazy, Suspense, useEffect, useId, useRef, useState, type RefObject } from 'react';
import { useTexts } from '../messages/language';
import { createAddress } from '../pages/addresses';
import { useShown, type Shown } from '../pages/shown';
import { queryClient } from '../rest/queries';
import { mayCreateSpaces, mySessionQuery, sessionQuery } from '../rest/session';
import { homeIdOf, mayWriteIn, spaceToWriteInQuery } from '../rest/spaces';
import { isPressedAlone } from '../shortcuts/shortcuts';
import './create-menu.css';

const ChooseSpaceDialog = lazy(() => import('./choose-space-dialog'));
const CreateSpaceDialog = lazy(() => import('../spaces/create-space-dialog'));

type Kind = 'page' | 'blogpost';

/** Makes something new from any screen: where the reader is, if they may write there; else they are asked where. */
export function CreateMenu() {
  const { text } = useTexts();
  const { data: user } = useQuery(sessionQuery);
  const id = useId();
  const menu = useRef<HTMLDivElement>(null);
  const [isOpen, setOpen] = useState(false);
  const [asked, ask] = useState<Kind | 'space'>();
  const close = () => ask(undefined);
  useCreateKey(menu);
  useEffect(() => {
    if (isOpen) menu.current?.querySelector('button')?.focus();
  }, [isOpen]);
  if (user?.type !== 'known') return null;
  const choose = (kind: Kind | 'space') => {
    menu.current?.hidePopover();
    ask(kind);
  };
  return (
    <>
      <button
        type="button"
        className="create-button"
        popoverTarget={id}
        aria-label={text('create.open')}
        title={text('create.open')}
        aria-keyshortcuts="C"
      >
        <Plus size={18} aria-hidden />
      </button>
      <div
        id={id}
        ref={menu}
        popover="auto"
        className="create-menu"
        onToggle={(event) => setOpen(event.newState === 'open')}
      >
        {isOpen && <Choices choose={choose} leave={() => menu.current?.hidePopover()} />}
      </div>
      <Suspense>
        {(asked === 'page' || asked === 'blogpost') && <ChooseSpaceDialog type={asked} close={close} />}
        {asked === 'space' && <CreateSpaceDialog close={close} />}
      </Suspense>
    </>
  );
}

/** Opens the menu by its key, while it is there. */
function useCreateKey(menu: RefObject<HTMLDivElement | null>): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (!menu.current || menu.current.matches(':popover-open') || !isPressedAlone(event, 'c')) return;
      event.preventDefault();
      menu.current.showPopover();
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, [menu]);
}

interface ChoicesProperties {
  /** Asks for what is needed to make it. */
  choose(kind: Kind | 'space'): void;
  leave(): void;
}

function Choices({ choose, leave }: ChoicesProperties) {
  const { text } = useTexts();
  const router = useRouter();
  const shown = useShown();
  const { data: session } = useQuery(mySessionQuery);
  const start = async (type: Kind) => {
    const address = shown && (await addressAt(shown, type));
    if (address === undefined) return choose(type);
    leave();
    await router.navigate({ href: address });
  };
  return (
    <>
      <button type="button" onClick={() => void start('page')}>
        <FileText size={16} aria-hidden /> {text('search.type.page')}
      </button>
      <button type="button" onClick={() => void start('blogpost')}>
        <Newspaper size={16} aria-hidden /> {text('search.type.blogpost')}
      </button>
      {session && mayCreateSpaces(session) && (
        <button type="button" onClick={() => choose('space')}>
          <FolderPlus size={16} aria-hidden /> {text('search.space')}
        </button>
      )}
    </>
  );
}

/** Where it is written when it begins at what is shown: undefined where the reader may not, or it can't be told. */
async function addressAt({ space, page }: Shown, type: Kind): Promise<string | undefined> {
  const here = await queryClient.fetchQuery(spaceToWriteInQuery(space.key)).catch(() => undefined);
  if (here === undefined || !mayWriteIn(here, type)) return undefined;
  return createAddress(type, space.key, page?.type === 'page' ? page.id : homeIdOf(here));
}
