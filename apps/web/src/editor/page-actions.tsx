import { useQuery } from '@tanstack/react-query';
import { Copy, FolderInput, Pencil, Plus, Trash2 } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { AppLink } from '../frame/app-link';
import { useTexts } from '../messages/language';
import { RestrictionsButton } from '../pages/restrictions/restrictions-button';
import { createAddress } from '../pages/addresses';
import type { Page } from '../rest/pages';
import { operationsQuery } from '../rest/page-sides';
import { loadEditor } from './edit-screen';
import './page-actions.css';

/** Loaded when somebody wants to place a page, or to throw it away. */
const MoveDialog = lazy(async () => ({ default: (await import('../pages/placing/place-dialogs')).MoveDialog }));
const CopyDialog = lazy(async () => ({ default: (await import('../pages/placing/place-dialogs')).CopyDialog }));
const TrashPageDialog = lazy(() => import('./trash-page-dialog'));

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
        {isTrashing && <TrashPageDialog page={page} close={() => setTrashing(false)} />}
      </Suspense>
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
