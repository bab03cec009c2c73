import { useQuery } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { useTexts } from '../messages/language';
import { mayCreateSpaces, mySessionQuery } from '../rest/session';

const CreateSpaceDialog = lazy(() => import('./create-space-dialog'));

/** For those who may make spaces; nothing for others. */
export function CreateSpaceButton() {
  const { text } = useTexts();
  const { data: session } = useQuery(mySessionQuery);
  const [isOpen, setOpen] = useState(false);
  if (!session || !mayCreateSpaces(session)) return null;
  return (
    <>
      <button type="button" className="button" aria-haspopup="dialog" onClick={() => setOpen(true)}>
        <Plus size={15} aria-hidden /> {text('spaces.create')}
      </button>
      <Suspense>{isOpen && <CreateSpaceDialog close={() => setOpen(false)} />}</Suspense>
    </>
  );
}
