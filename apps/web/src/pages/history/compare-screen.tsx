import { useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { FoldedChanges, Pieces, useChanges } from '../../differences/changes-view';
import { AppLink } from '../../frame/app-link';
import { useTitle } from '../../frame/title';
import { useTexts } from '../../messages/language';
import { writtenVersionQuery, type EditedPage } from '../../rest/writing';
import { addressOfVersion } from './versions';
import './compare.css';

const route = getRouteApi('/frame/reading/pages/diffpagesbyversion.action');

/** What was changed from one version of a page to another. */
export function CompareScreen() {
  const { text } = useTexts();
  const { pageId, originalVersion, revisedVersion } = route.useSearch();
  const { data: before } = useSuspenseQuery(writtenVersionQuery(pageId, originalVersion));
  const { data: after } = useSuspenseQuery(writtenVersionQuery(pageId, revisedVersion));
  const changes = useChanges(before.body.storage.value, after.body.storage.value);
  const count = changes.filter(({ change }) => change !== 'same').length;
  useTitle(text('compare.title', { title: after.title }));
  return (
    <main id="content" tabIndex={-1} className="page compare">
      <h1>{text('compare.title', { title: after.title })}</h1>
      <div className="compare-versions">
        <Version page={before} />
        <span aria-hidden="true">→</span>
        <Version page={after} />
      </div>
      {before.title !== after.title && (
        <p className="compare-renamed">
          <Pieces
            pieces={[
              { text: before.title, change: 'removed' },
              { text: after.title, change: 'added' },
            ]}
          />
        </p>
      )}
      <p role="status">{text('compare.count', { count })}</p>
      <FoldedChanges changes={changes} />
    </main>
  );
}

function Version({ page }: { page: EditedPage }) {
  const { text, date } = useTexts();
  return (
    <p>
      <AppLink href={addressOfVersion(page.id, page.version.number)}>
        {text('page.version', { number: page.version.number })}
      </AppLink>
      <small>{text('information.byOn', { name: page.version.by.displayName, date: date(page.version.when) })}</small>
      {page.version.message && <small>{page.version.message}</small>}
    </p>
  );
}
