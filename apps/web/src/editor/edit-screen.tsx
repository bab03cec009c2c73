import { useSuspenseQuery } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { Pending } from '../frame/pending';
import { loadTexts } from '../messages/language';
import { sessionQuery } from '../rest/session';
import { editedPageQuery, type NewPlace } from '../rest/writing';
import { ToSignIn } from '../session/to-sign-in';

/** What only writers need is loaded when they are about to write. */
export const loadEditor = async () => (await Promise.all([import('./page-editor'), loadTexts('elements')]))[0];
const PageEditor = lazy(loadEditor);

export function EditScreen({ pageId }: { pageId: string }) {
  const { data: user } = useSuspenseQuery(sessionQuery);
  const { data: page } = useSuspenseQuery({ ...editedPageQuery(pageId), refetchOnWindowFocus: false });
  if (user.type === 'anonymous') return <ToSignIn />;
  return (
    <Suspense fallback={<Pending />}>
      <PageEditor key={page.id} type={page.type} page={page} spaceKey={page.space.key} />
    </Suspense>
  );
}

export function CreateScreen({ type, spaceKey, parentId }: NewPlace) {
  const { data: user } = useSuspenseQuery(sessionQuery);
  if (user.type === 'anonymous') return <ToSignIn />;
  return (
    <Suspense fallback={<Pending />}>
      <PageEditor key={`${spaceKey} ${type} ${parentId ?? ''}`} type={type} spaceKey={spaceKey} parentId={parentId} />
    </Suspense>
  );
}
