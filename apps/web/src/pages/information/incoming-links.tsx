import { useInfiniteQuery } from '@tanstack/react-query';
import { MoreButton } from '../../frame/more-button';
import { useTexts } from '../../messages/language';
import { incomingLinksQuery } from '../../rest/page-sides';
import type { Page } from '../../rest/pages';

/** The pages that link to a page. */
export function IncomingLinks({ page }: { page: Page }) {
  const { text } = useTexts();
  const list = useInfiniteQuery(incomingLinksQuery(page.id));
  const { data: pages, error } = list;
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
      <MoreButton list={list} />
    </>
  );
}
