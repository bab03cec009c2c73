import { useQuery } from '@tanstack/react-query';
import { useTexts } from '../messages/language';
import { AppLink } from '../frame/app-link';
import { versionsQuery } from '../rest/pages';

const addressOf = (id: string, version?: number): string =>
  `/pages/viewpage.action?pageId=${id}${version === undefined ? '' : `&version=${version}`}`;

/** The page's history, read when somebody opens it. */
export function Versions({ id, shown, open, setOpen }: VersionsProperties) {
  const { text } = useTexts();
  return (
    <details id="versions" className="versions" open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{text('page.versions')}</summary>
      {open && <VersionList id={id} shown={shown} />}
    </details>
  );
}

interface VersionsProperties {
  readonly id: string;
  readonly shown: number;
  readonly open: boolean;
  setOpen(open: boolean): void;
}

function VersionList({ id, shown }: { id: string; shown: number }) {
  const { text, date } = useTexts();
  const { data, error, refetch } = useQuery(versionsQuery(id));
  if (error) {
    return (
      <p role="alert">
        {text('error.unavailable.title')}{' '}
        <button type="button" className="button" onClick={() => void refetch()}>
          {text('app.retry')}
        </button>
      </p>
    );
  }
  if (!data) return <p aria-busy="true">{text('app.loading')}</p>;
  return (
    <ol>
      {data.results.map((version, index) => (
        <li key={version.number} aria-current={version.number === shown ? 'true' : undefined}>
          <AppLink href={addressOf(id, index === 0 ? undefined : version.number)}>
            {text('page.version', { number: version.number })}
          </AppLink>
          {index === 0 && <span className="lozenge">{text('page.currentVersion')}</span>}
          <time dateTime={version.when}>{date(version.when)}</time>
          <span>{version.by.displayName}</span>
          {version.message && <span className="message">{version.message}</span>}
        </li>
      ))}
    </ol>
  );
}
