import { useQuery } from '@tanstack/react-query';
import { Lock, LockOpen } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { useTexts } from '../../messages/language';
import { restrictionsQuery } from '../../rest/restrictions';

const RestrictionsDialog = lazy(() => import('./restrictions-dialog'));

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
        onClick={() => void (pageId === undefined ? ensurePage?.().then(setOpen) : setOpen(pageId))}
      >
        {isRestricted ? <Lock size={16} className="restricted-lock" aria-hidden /> : <LockOpen size={16} aria-hidden />}
      </button>
      <Suspense>
        {open !== undefined && (
          <RestrictionsDialog pageId={open} mayChange={mayChange} close={() => setOpen(undefined)} />
        )}
      </Suspense>
    </>
  );
}
