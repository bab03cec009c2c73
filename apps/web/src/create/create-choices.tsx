import { useQuery } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { FileText, FolderPlus, Newspaper, type LucideIcon } from 'lucide-react';
import type { RefObject } from 'react';
import { MenuItem, OpenMenu } from '../frame/menu';
import { useTexts, type MessageKey } from '../messages/language';
import { createAddress } from '../pages/addresses';
import { useShown, type Shown } from '../pages/shown';
import { queryClient } from '../rest/queries';
import { mayCreateSpaces, mySessionQuery } from '../rest/session';
import { homeIdOf, mayWriteIn, spaceToWriteInQuery } from '../rest/spaces';

/** What can be made. */
export type Kind = Written | 'space';
type Written = 'page' | 'blogpost';

interface Props {
  readonly button: RefObject<HTMLButtonElement | null>;
  /** Asks for what is needed to make it. */
  ask(kind: Kind): void;
  close(): void;
}

const kinds: Readonly<Record<Kind, { readonly name: MessageKey; readonly icon: LucideIcon }>> = {
  page: { name: 'search.type.page', icon: FileText },
  blogpost: { name: 'search.type.blogpost', icon: Newspaper },
  space: { name: 'search.space', icon: FolderPlus },
};

/** The menu of what the reader may make. */
export default function CreateChoices({ button, ask, close }: Props) {
  const { text } = useTexts();
  const router = useRouter();
  const shown = useShown();
  const { data: session } = useQuery(mySessionQuery);
  const start = async (type: Written) => {
    const address = shown && (await addressAt(shown, type));
    if (address === undefined) ask(type);
    else await router.navigate({ href: address });
  };
  const choice = (kind: Kind) => {
    const { name, icon: Icon } = kinds[kind];
    return (
      <MenuItem
        key={kind}
        name={kind}
        label={text(name)}
        close={close}
        act={() => (kind === 'space' ? ask(kind) : void start(kind))}
      >
        <Icon size={16} aria-hidden /> {text(name)}
      </MenuItem>
    );
  };
  return (
    <OpenMenu className="create-menu" label={text('create.open')} button={button} close={close}>
      {choice('page')}
      {choice('blogpost')}
      {session && mayCreateSpaces(session) && choice('space')}
    </OpenMenu>
  );
}

/** Where it is written when it begins at what is shown: undefined where the reader may not, or it can't be told. */
async function addressAt({ space, page }: Shown, type: Written): Promise<string | undefined> {
  const here = await queryClient.fetchQuery(spaceToWriteInQuery(space.key)).catch(() => undefined);
  if (here === undefined || !mayWriteIn(here, type)) return undefined;
  return createAddress(type, space.key, page?.type === 'page' ? page.id : homeIdOf(here));
}
