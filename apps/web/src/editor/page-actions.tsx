import { useQuery } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { Copy, FolderInput, Pencil, Plus, Trash2 } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { AppLink } from '../frame/app-link';
import { ConfirmDialog } from '../frame/dialog';
import { explained } from '../messages/explained';
import { useTexts } from '../messages/language';
import { RestrictionsButton } from '../pages/restrictions/restrictions-button';
import { blogAddress, createAddress } from '../pages/addresses';
import type { Page } from '../rest/pages';
import { queryClient } from '../rest/queries';
import { operationsQuery } from '../rest/page-sides';
import { trashPage } from '../rest/writing';
import { loadEditor } from './edit-screen';
import './page-actions.css';

/** Loaded when somebody wants to place a page. */
const MoveDialog = lazy(async () => ({ default: (await import('../pages/placing/place-dialogs')).MoveDialog }));
const CopyDialog = lazy(async () => ({ default: (await import('../pages/placing/place-dialogs')).CopyDialog }));

/** What the reader may do with a page, beside its title. */
export function PageActions({ page }: { page: Page }) {
  const { text } = useTexts();
  const { data: operations = [] } = useQuery(operationsQuery(page.id));
  const [isTrashing, setTrashing] = useState(false);
  const [placing, setPlacing] = useState<'move' | 'copy'>();
  if (page.status !== 'current') return null;
  const restrictions = (
    <RestrictionsButton pageId={page.id} mayChange={operations.includes('restrict')} className="icon-button" />
  );
  if (!operations.includes('update')) return <div className="page-actions">{restrictions}</div>;
  // A blog post stands in no tree: nothing is made below it, and it isn't moved.
  const isPage = page.type === 'page';
  return (
    <div className="page-actions" onPointerEnter={() => void loadEditor()} onFocus={() => void loadEditor()}>
      <AppLink className="button" href={`/pages/resumedraft.action?draftId=${page.id}`}>
        <Pencil size={15} aria-hidden /> {text('editor.edit')}
      </AppLink>
      {isPage && (
        <AppLink className="button" href={createAddress('page', page.space.key, page.id)}>
          <Plus size={15} aria-hidden /> {text('editor.create')}
        </AppLink>
      )}
      {restrictions}
      {isPage && <PlaceButtons place={setPlacing} />}
      {operations.includes('delete') && (
        <button
          type="button"
          className="icon-button"
          aria-label={text('editor.trash')}
          onClick={() => setTrashing(true)}
        >
          <Trash2 size={16} aria-hidden />
        </button>
      )}
      <Suspense>
        {placing === 'move' && <MoveDialog page={page} close={() => setPlacing(undefined)} />}
        {placing === 'copy' && <CopyDialog page={page} close={() => setPlacing(undefined)} />}
      </Suspense>
      {isTrashing && <TrashDialog page={page} close={() => setTrashing(false)} />}
    </div>
  );
}

function PlaceButtons({ place }: { place(how: 'move' | 'copy'): void }) {
  const { text } = useTexts();
  return (
    <>
      <button type="button" className="icon-button" aria-label={text('place.openMove')} onClick={() => place('move')}>
        <FolderInput size={16} aria-hidden />
      </button>
      <button type="button" className="icon-button" aria-label={text('place.openCopy')} onClick={() => place('copy')}>
        <Copy size={16} aria-hidden />
      </button>
    </>
  );
}

function TrashDialog({ page, close }: { page: Page; close(): void }) {
  const { text } = useTexts();
  const router = useRouter();
  const trash = async () => {
    await trashPage(page.id);
    const parent = page.ancestors.at(-1);
    const above = page.type === 'blogpost' ? blogAddress(page.space.key) : page.space._links.webui;
    await router.navigate({ href: parent?._links.webui ?? above });
    queryClient.removeQueries({
      predicate: ({ state }) => (state.data as { id?: string } | undefined)?.id === page.id,
    });
    await queryClient.invalidateQueries({ queryKey: ['children'] });
  };
  return (
    <ConfirmDialog
      title={text('editor.trash.title')}
      question={text('editor.trash.text', { title: page.title })}
      action={text('editor.trash')}
      run={trash}
      failure={(error) => explained(error, text)}
      close={close}
    />
  );
}
