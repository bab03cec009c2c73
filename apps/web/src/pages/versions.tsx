import { useState } from 'react';
import { Link } from 'react-router';
import { listVersions } from '../api';
import { Failure } from '../frame/failure';
import { useLoading } from '../loading';
import { useTexts } from '../messages/language';

/** The page's history, loaded when somebody opens it. */
export function Versions({ id, shown }: { id: string; shown: number }) {
  const { text } = useTexts();
  const [open, setOpen] = useState(false);
  return (
    <details className="versions" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{text('page.versions')}</summary>
      {open && <VersionList id={id} shown={shown} />}
    </details>
  );
}

function VersionList({ id, shown }: { id: string; shown: number }) {
  const { text, date } = useTexts();
  const versions = useLoading((signal) => listVersions(id, signal), [id, shown]);
  if (versions.state === 'failed') return <Failure error={versions.error} retry={versions.retry} />;
  if (versions.state === 'loading') return <p>{text('app.loading')}</p>;
  return (
    <ol>
      {versions.value.results.map((version, index) => (
        <li key={version.number} aria-current={version.number === shown}>
          <Link to={`/pages/viewpage.action?pageId=${id}${index === 0 ? '' : `&version=${version.number}`}`}>
            {text('page.version', { number: version.number })}
          </Link>
          {index === 0 && <span className="lozenge">{text('page.currentVersion')}</span>}
          <span>{date(version.when)}</span>
          <span>{version.by.displayName}</span>
          {version.message && <span className="message">{version.message}</span>}
        </li>
      ))}
    </ol>
  );
}
