import { useInfiniteQuery, useMutation, useQuery } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { useState, type FormEvent } from 'react';
import { AppLink } from '../../frame/app-link';
import { MoreButton } from '../../frame/more-button';
import { useTexts } from '../../messages/language';
import { failureKey } from '../../rest/client';
import { operationsQuery, restoreVersion } from '../../rest/page-sides';
import { versionsQuery, type Version } from '../../rest/pages';
import { queryClient } from '../../rest/queries';

/** Where a version is read; without a number, the current one. */
export const addressOfVersion = (id: string, version?: number): string =>
  `/pages/viewpage.action?pageId=${id}${version === undefined ? '' : `&version=${version}`}`;

/** The page's history, read when somebody opens it. */
export function Versions({ id, shown, open, setOpen }: VersionsProperties) {
  const { text } = useTexts();
  return (
    <details id="versions" className="side" open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
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
  const { text } = useTexts();
  const list = useInfiniteQuery(versionsQuery(id));
  const { data, error, refetch } = list;
  // What was read stays, where older ones couldn't be.
  if (error && !data) {
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
    <>
      <VersionForm id={id} shown={shown} versions={data} />
      <MoreButton list={list} label="versions.older" />
      {error && <p role="alert">{text(failureKey(error))}</p>}
    </>
  );
}

function VersionForm({ id, shown, versions }: { id: string; shown: number; versions: readonly Version[] }) {
  const { text } = useTexts();
  const router = useRouter();
  const { data: operations } = useQuery(operationsQuery(id));
  const newest = versions[0]?.number ?? shown;
  const compare = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const chosen = ['from', 'to'].map((name) => Number(form.get(name))).toSorted((one, other) => one - other);
    const ends = `originalVersion=${chosen[0] ?? newest}&revisedVersion=${chosen[1] ?? newest}`;
    void router.navigate({ href: `/pages/diffpagesbyversion.action?pageId=${id}&${ends}` });
  };
  return (
    <form onSubmit={compare}>
      {versions.length > 1 && <button className="button">{text('compare.do')}</button>}
      <ol className="versions">
        {versions.map((version, index) => (
          <li key={version.number} aria-current={version.number === shown ? 'true' : undefined}>
            {versions.length > 1 && <Ends number={version.number} index={index} />}
            <AppLink href={addressOfVersion(id, index === 0 ? undefined : version.number)}>
              {text('page.version', { number: version.number })}
            </AppLink>
            {index === 0 && <span className="lozenge">{text('page.currentVersion')}</span>}
            <VersionFacts version={version} />
            {index > 0 && operations?.includes('update') && <Restore id={id} number={version.number} />}
          </li>
        ))}
      </ol>
    </form>
  );
}

/** Chooses a version to compare from, and one to compare to; at first the last change. */
function Ends({ number, index }: { number: number; index: number }) {
  const { text } = useTexts();
  return (
    <span className="version-choice">
      {(['from', 'to'] as const).map((end) => (
        <input
          key={end}
          type="radio"
          name={end}
          value={number}
          aria-label={text(`compare.${end}`, { number })}
          defaultChecked={index === (end === 'from' ? 1 : 0)}
        />
      ))}
    </span>
  );
}

function VersionFacts({ version }: { version: Version }) {
  const { date } = useTexts();
  return (
    <>
      <time dateTime={version.when}>{date(version.when)}</time>
      <span>{version.by.displayName}</span>
      {version.message && <span className="message">{version.message}</span>}
    </>
  );
}

/** Makes a version the newest again. Nothing is lost by it, so nobody is asked twice. */
function Restore({ id, number }: { id: string; number: number }) {
  const { text } = useTexts();
  const router = useRouter();
  const [isDone, setDone] = useState(false);
  const restoring = useMutation({
    mutationFn: () => restoreVersion(id, number, text('versions.restored', { number })),
    onSuccess: async () => {
      setDone(true);
      await Promise.all(
        ['page', 'versions', 'history'].map((key) => queryClient.invalidateQueries({ queryKey: [key] })),
      );
      await router.navigate({ href: addressOfVersion(id) });
    },
  });
  return (
    <>
      <button
        type="button"
        className="link"
        aria-label={text('versions.restoreNumber', { number })}
        disabled={restoring.isPending}
        onClick={() => restoring.mutate()}
      >
        {text('versions.restore')}
      </button>
      {isDone && <span role="status">{text('versions.restored', { number })}</span>}
      {restoring.isError && <span role="alert">{text(failureKey(restoring.error))}</span>}
    </>
  );
}
