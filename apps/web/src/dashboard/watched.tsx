import { useInfiniteQuery } from '@tanstack/react-query';
import { AppLink } from '../frame/app-link';
import { MoreButton } from '../frame/more-button';
import { explained } from '../messages/explained';
import { useTexts } from '../messages/language';
import { watchedQuery, watchedSpacesQuery } from '../rest/page-sides';

/** The pages and spaces that the reader watches, those that changed last first. */
export function Watched() {
  const { text, date } = useTexts();
  const list = useInfiniteQuery(watchedQuery);
  const { data: pages } = list;
  return (
    <section aria-labelledby="dashboard-watched" aria-busy={list.isPending}>
      <h2 id="dashboard-watched">{text('dashboard.watched')}</h2>
      {list.isError && <p role="alert">{explained(list.error, text)}</p>}
      <WatchedSpaces />
      {pages?.length === 0 && <p className="empty">{text('dashboard.noWatched')}</p>}
      <ul>
        {pages?.map(({ id, title, space, version, _links }) => (
          <li key={id}>
            <AppLink href={_links.webui}>{title}</AppLink>
            <small>
              {space.name} · {version.by.displayName} · <time dateTime={version.when}>{date(version.when)}</time>
            </small>
          </li>
        ))}
      </ul>
      <MoreButton list={list} />
    </section>
  );
}

/** Nothing where none is watched: most people watch pages. */
function WatchedSpaces() {
  const { text } = useTexts();
  const list = useInfiniteQuery(watchedSpacesQuery);
  const { data: spaces = [] } = list;
  if (spaces.length === 0) return null;
  return (
    <>
      <ul>
        {spaces.map(({ key, name, _links }) => (
          <li key={key}>
            <AppLink href={_links.webui}>{name}</AppLink>
            <small>{text('search.space')}</small>
          </li>
        ))}
      </ul>
      <MoreButton list={list} />
    </>
  );
}
