import { useQuery } from '@tanstack/react-query';
import { UserRound, UsersRound, X } from 'lucide-react';
import { AppLink } from '../../frame/app-link';
import { Refusal } from '../../frame/refusal';
import { Dialog } from '../../frame/dialog';
import { useTexts } from '../../messages/language';
import { ancestorsQuery } from '../../rest/restrictions';
import { lackOf, withEntry, withoutEntry, type Entry, type Openness, type Shown } from './entries';
import { SubjectField } from './subject-field';
import { useRestrictions } from './use-restrictions';
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
  const { above, shown, choose, change, others, saving, error } = useRestrictions(pageId, close);
  const isBusy = saving.isPending;
  const lack = shown && lackOf(shown);
  return (
    <Dialog title={text('restrictions.title')} close={close}>
      {above.length > 0 && <Above pageId={pageId} ids={above} />}
      {shown && (
        <fieldset className="restrictions" disabled={!mayChange || isBusy}>
          <label>
            {text('restrictions.openness')}
            <select value={shown.openness} onChange={({ target }) => choose(target.value as Openness)}>
              {opennesses.map((each) => (
                <option key={each} value={each}>
                  {text(`restrictions.${each}`)}
                </option>
              ))}
            </select>
          </label>
          {shown.openness !== 'open' && (
            <Entries shown={shown} mayChange={mayChange} change={(entries) => change({ ...shown, entries })} />
          )}
        </fieldset>
      )}
      <div role="status">{lack && <p className="problem">{text(lack)}</p>}</div>
      {others && <ByOthers {...others} />}
      <Refusal error={error} />
      <div className="dialog-buttons">
        <button type="button" className="button" onClick={close}>
          {text(mayChange ? 'editor.cancel' : 'editor.close')}
        </button>
        {mayChange && (
          <button
            type="button"
            className="button primary"
            disabled={!shown || isBusy || lack !== undefined || others !== undefined}
            onClick={() => saving.mutate()}
          >
            {text('restrictions.save')}
          </button>
        )}
      </div>
    </Dialog>
  );
}

/** Somebody else was quicker: theirs isn't overwritten unless it is meant. */
function ByOthers({ show, keepOwn }: { show(): void; keepOwn(): void }) {
  const { text } = useTexts();
  return (
    <div role="alert" className="restrictions-by-others">
      <p>{text('restrictions.changed')}</p>
      <button type="button" className="button" onClick={show}>
        {text('restrictions.showTheirs')}
      </button>{' '}
      <button type="button" className="button" onClick={keepOwn}>
        {text('restrictions.keepMine')}
      </button>
    </div>
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
