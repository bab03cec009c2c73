import { useSuspenseQuery } from '@tanstack/react-query';
import { useTexts } from '../../messages/language';
import { sessionQuery } from '../../rest/session';
import { usePresence } from './use-presence';
import './presence.css';

interface Props {
  readonly pageId: string | undefined;
  /** The version that the text on the screen was made from. */
  readonly version: number;
  merge(): void;
}

/** Who else edits the page at this moment, and whether somebody has published it since it was opened. */
export function PresenceBar({ pageId, version, merge }: Props) {
  const { text, language } = useTexts();
  const { data: user } = useSuspenseQuery(sessionQuery);
  const editing = usePresence(pageId);
  const names = editing?.editors.filter(({ username }) => username !== user.username).map((each) => each.displayName);
  const isOpenTwice = editing?.editors.some(({ username }) => username === user.username) ?? false;
  const isPublished = editing !== undefined && editing.version.number > version;
  const others = new Intl.ListFormat(language).format(names ?? []);
  return (
    <div className="presence" role="status">
      {names && names.length > 0 && (
        <p>
          {names.map((name) => (
            <span key={name} className="avatar" aria-hidden>
              {Array.from(name)[0]?.toUpperCase()}
            </span>
          ))}
          <span>{text('presence.others', { names: others })}</span>
        </p>
      )}
      {isOpenTwice && <p>{text('presence.twice')}</p>}
      {isPublished && (
        <p className="presence-published">
          <span>
            {text('presence.published', { name: editing.version.by.displayName, number: editing.version.number })}
          </span>
          <button type="button" className="button" onClick={merge}>
            {text('presence.merge')}
          </button>
        </p>
      )}
    </div>
  );
}
