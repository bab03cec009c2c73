import { useQuery } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { Pencil, Plus, Trash2 } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { AppLink } from '../frame/app-link';
import { useTexts } from '../messages/language';
import { ApiError } from '../rest/client';
import type { Page } from '../rest/pages';
import { queryClient } from '../rest/queries';
import { operationsQuery } from '../rest/page-sides';
import { trashPage } from '../rest/writing';
import { loadEditor } from './edit-screen';
import './page-actions.css';

/** What the reader may do with a page, beside its title. */
export function PageActions({ page }: { page: Page }) {
  const { text } = useTexts();
  const { data: operations = [] } = useQuery(operationsQuery(page.id));
  const [isTrashing, setTrashing] = useState(false);
  if (page.status !== 'current' || !operations.includes('update')) return null;
  const create = new URLSearchParams({ spaceKey: page.space.key, fromPageId: page.id });
  return (
    <div className="page-actions" onPointerEnter={() => void loadEditor()} onFocus={() => void loadEditor()}>
      <AppLink className="button" href={`/pages/resumedraft.action?draftId=${page.id}`}>
        <Pencil size={15} aria-hidden /> {text('editor.edit')}
      </AppLink>
      <AppLink className="button" href={`/pages/createpage.action?${create.toString()}`}>
        <Plus size={15} aria-hidden /> {text('editor.create')}
      </AppLink>
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
      {isTrashing && <TrashDialog page={page} close={() => setTrashing(false)} />}
    </div>
  );
}

function TrashDialog({ page, close }: { page: Page; close(): void }) {
  const { text } = useTexts();
  const router = useRouter();
  const dialog = useRef<HTMLDialogElement>(null);
  const [failure, setFailure] = useState<string>();
  useEffect(() => dialog.current?.showModal(), []);
  const trash = async () => {
    try {
      await trashPage(page.id);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      setFailure(error.message);
      return;
    }
    const parent = page.ancestors.at(-1);
    await router.navigate({ href: parent?._links.webui ?? page.space._links.webui });
    queryClient.removeQueries({
      predicate: ({ state }) => (state.data as { id?: string } | undefined)?.id === page.id,
    });
    await queryClient.invalidateQueries({ queryKey: ['children'] });
  };
  return (
    <dialog ref={dialog} className="dialog" aria-labelledby="trash-title" onClose={close}>
      <h2 id="trash-title">{text('editor.trash.title')}</h2>
      <p>{text('editor.trash.text', { title: page.title })}</p>
      {failure && <p role="alert">{failure}</p>}
      <div className="dialog-buttons">
        <button type="button" className="button" onClick={close}>
          {text('editor.cancel')}
        </button>
        <button type="button" className="button primary" onClick={() => void trash()}>
          {text('editor.trash')}
        </button>
      </div>
    </dialog>
  );
}
