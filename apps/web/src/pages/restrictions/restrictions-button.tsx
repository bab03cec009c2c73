import { useMutation, useQuery } from '@tanstack/react-query';
import { Lock, LockOpen } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { explained } from '../../messages/explained';
import { useTexts } from '../../messages/language';
import { ApiError } from '../../rest/client';
import { restrictionsQuery } from '../../rest/restrictions';

const loadDialog = () => import('./restrictions-dialog');
const RestrictionsDialog = lazy(loadDialog);

interface Props {
  readonly pageId: string | undefined;
  readonly mayChange: boolean;
  readonly className: string;
  /** Makes sure that there is a page to restrict, where it isn't in the wiki yet. */
  ensurePage?(): Promise<string | undefined>;
}

/** A lock: closed where the page is for some only. Who may restrict it changes that behind it; others see it where there is something to see. */
export function RestrictionsButton({ pageId, mayChange, className, ensurePage }: Props) {
  const { text } = useTexts();
  const { data } = useQuery({ ...restrictionsQuery(pageId ?? ''), enabled: pageId !== undefined });
  const [open, setOpen] = useState<string>();
  const opening = useMutation({
    mutationFn: async () => {
      // Both need the wiki, which may not be within reach.
      await loadDialog().catch((error: unknown) => {
        throw new ApiError(0, String(error));
      });
      setOpen(pageId ?? (await ensurePage?.()));
    },
  });
  const isRestricted = data !== undefined && data.read.length + data.update.length + data.above.length > 0;
  if (!isRestricted && !mayChange) return null;
  const label = text(isRestricted ? 'restrictions.are' : 'restrictions.none');
  return (
    <>
      <button
        type="button"
        className={className}
        title={label}
        aria-label={label}
        aria-haspopup="dialog"
        aria-busy={opening.isPending}
        onClick={() => opening.mutate()}
      >
        {isRestricted ? <Lock size={16} className="restricted-lock" aria-hidden /> : <LockOpen size={16} aria-hidden />}
      </button>
      {opening.isError && (
        <span role="alert" className="problem">
          {explained(opening.error, text)}
        </span>
      )}
      <Suspense>
        {open !== undefined && (
          <RestrictionsDialog pageId={open} mayChange={mayChange} close={() => setOpen(undefined)} />
        )}
      </Suspense>
    </>
  );
}
