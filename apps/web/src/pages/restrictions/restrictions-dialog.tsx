import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { UserRound, UsersRound, X } from 'lucide-react';
import { useEffect, useState } from 'react';
import { AppLink } from '../../frame/app-link';
import { Dialog } from '../../frame/dialog';
import { useTexts } from '../../messages/language';
import { ApiError, failureKey } from '../../rest/client';
import { queryClient } from '../../rest/queries';
import { ancestorsQuery, restrict, restrictionsQuery, type Subject } from '../../rest/restrictions';
import { sessionQuery } from '../../rest/session';
import { restrictionsOf, shownOf, withEntry, withoutEntry, type Entry, type Openness, type Shown } from './entries';
import { SubjectField } from './subject-field';
import './restrictions.css';

const opennesses: readonly Openness[] = ['open', 'readable', 'closed'];

interface Props {
  readonly pageId: string;
  /** Who may only see the restrictions, can't change them. */
  readonly mayChange: boolean;
  close(): void;
}

/** Who can view and who can edit a page; what is saved here acts at once, whatever becomes of a draft. */
export default function RestrictionsDialog({ pageId, mayChange, close }: Props) {
  const { text } = useTexts();
  const { data: user } = useSuspenseQuery(sessionQuery);
  const { data: known, error } = useQuery({ ...restrictionsQuery(pageId), staleTime: 0 });
  const [shown, setShown] = useState<Shown>();
  const [failure, setFailure] = useState<unknown>();
  const [isBusy, setBusy] = useState(false);
  useEffect(() => {
    if (known && !shown) setShown(shownOf(known));
  }, [known]);
  const me: Subject = { kind: 'user', key: user.userKey ?? '', name: user.displayName };
  const choose = (openness: Openness, { entries }: Shown) =>
    // Nobody locks themselves out.
    setShown({ openness, entries: openness === 'open' ? entries : withEntry(entries, me) });
  const save = async () => {
    if (!shown) return;
    setBusy(true);
    try {
      await restrict(pageId, restrictionsOf(shown));
      await queryClient.invalidateQueries({ queryKey: ['restrictions', pageId] });
      close();
    } catch (problem) {
      setFailure(problem);
      setBusy(false);
    }
  };
  const told = failure ?? error;
  return (
    <Dialog title={text('restrictions.title')} close={close}>
      {known && known.above.length > 0 && <Above pageId={pageId} ids={known.above} />}
      {shown && (
        <fieldset className="restrictions" disabled={!mayChange || isBusy}>
          <label>
            {text('restrictions.openness')}
            <select value={shown.openness} onChange={({ target }) => choose(target.value as Openness, shown)}>
              {opennesses.map((each) => (
                <option key={each} value={each}>
                  {text(`restrictions.${each}`)}
                </option>
              ))}
            </select>
          </label>
          {shown.openness !== 'open' && (
            <Entries shown={shown} mayChange={mayChange} change={(entries) => setShown({ ...shown, entries })} />
          )}
        </fieldset>
      )}
      {told !== undefined && told !== null && (
        <p role="alert" className="problem">
          {told instanceof ApiError && told.status === 400 ? told.message : text(failureKey(told))}
        </p>
      )}
      <div className="dialog-buttons">
        <button type="button" className="button" onClick={close}>
          {text(mayChange ? 'editor.cancel' : 'editor.close')}
        </button>
        {mayChange && (
          <button type="button" className="button primary" disabled={!shown || isBusy} onClick={() => void save()}>
            {text('restrictions.save')}
          </button>
        )}
      </div>
    </Dialog>
  );
}

function Above({ pageId, ids }: { pageId: string; ids: readonly string[] }) {
  const { text } = useTexts();
  const { data: ancestors = [] } = useQuery(ancestorsQuery(pageId));
  const pages = ancestors.filter(({ id }) => ids.includes(id));
  return (
    <p className="restrictions-above">
      {text('restrictions.above')}{' '}
      {pages.map(({ id, title, _links }) => (
        <AppLink key={id} href={_links.webui}>
          {title}
        </AppLink>
      ))}
    </p>
  );
}

interface EntriesProps {
  readonly shown: Shown;
  readonly mayChange: boolean;
  change(entries: readonly Entry[]): void;
}

function Entries({ shown: { openness, entries }, mayChange, change }: EntriesProps) {
  const { text } = useTexts();
  return (
    <>
      <ul className="restricted-to" aria-label={text('restrictions.entries')}>
        {entries.map((entry) => (
          <li key={`${entry.kind} ${entry.key}`}>
            {entry.kind === 'user' ? <UserRound size={16} aria-hidden /> : <UsersRound size={16} aria-hidden />}
            <span className="restricted-name">{entry.name}</span>
            {openness === 'closed' ? (
              <select
                aria-label={text('restrictions.right', { name: entry.name })}
                value={entry.mayEdit ? 'edit' : 'view'}
                onChange={({ target }) =>
                  change(entries.map((each) => (each === entry ? { ...each, mayEdit: target.value === 'edit' } : each)))
                }
              >
                <option value="view">{text('restrictions.view')}</option>
                <option value="edit">{text('restrictions.edit')}</option>
              </select>
            ) : (
              <span className="restricted-right">{text('restrictions.edit')}</span>
            )}
            {mayChange && (
              <button
                type="button"
                className="icon-button"
                aria-label={text('restrictions.remove', { name: entry.name })}
                onClick={() => change(withoutEntry(entries, entry))}
              >
                <X size={16} aria-hidden />
              </button>
            )}
          </li>
        ))}
      </ul>
      {mayChange && <SubjectField add={(subject) => change(withEntry(entries, subject))} />}
    </>
  );
}
