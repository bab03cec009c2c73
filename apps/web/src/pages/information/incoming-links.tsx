import { useInfiniteQuery } from '@tanstack/react-query';
import { useTexts } from '../../messages/language';
import { incomingLinksQuery } from '../../rest/page-sides';
import type { Page } from '../../rest/pages';

/** The pages that link to a page. */
export function IncomingLinks({ page }: { page: Page }) {
  const { text } = useTexts();
  const { data, error, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery(incomingLinksQuery(page.id));
  const pages = data?.pages.flatMap((list) => list.results);
  if (error) return <span role="alert">{text('error.unavailable.title')}</span>;
  if (!pages) return <span aria-busy="true">{text('app.loading')}</span>;
  if (pages.length === 0) return text('information.links.none');
  return (
    <>
      <ul className="incoming-links">
        {pages.map(({ id, title, space, _links }) => (
          <li key={id}>
            <a href={_links.webui}>{title}</a>
            {space.key !== page.space.key && <small>{space.name}</small>}
          </li>
        ))}
      </ul>
      {hasNextPage && (
        <button type="button" className="button" disabled={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {text('spaces.more')}
        </button>
      )}
    </>
  );
}
