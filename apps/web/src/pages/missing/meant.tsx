import { useQuery } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { ActionButton } from '../../administration/action-button';
import { useTexts } from '../../messages/language';
import { restoreContent, type TrashedContent } from '../../rest/administration';
import { meantQuery } from '../../rest/missing-pages';
import { queryClient } from '../../rest/queries';
import type { SearchResult } from '../../rest/search';
import { Marked } from '../../search/marked';
import type { PageAddress } from '../addresses';
import './meant.css';

/** What a reader may have meant by the address of a page that isn't there: the page in the trash, or pages with such a title. */
export default function Meant({ address }: { address: PageAddress }) {
  const { data } = useQuery(meantQuery(address));
  if (data === undefined) return null;
  return (
    <>
      {data.trashed && <Trashed page={data.trashed} />}
      {data.alike.length > 0 && <Alike pages={data.alike} />}
    </>
  );
}

function Trashed({ page }: { page: TrashedContent }) {
  const { text, date } = useTexts();
  const router = useRouter();
  const { title, version } = page;
  const restore = async () => {
    await restoreContent(page);
    await queryClient.invalidateQueries({ queryKey: ['children'] });
    await router.invalidate();
  };
  return (
    <section className="meant">
      <p>{text('missing.trashed', { title, name: version.by.displayName, date: date(version.when) })}</p>
      <ActionButton label={text('missing.restore')} action={restore} />
    </section>
  );
}

function Alike({ pages }: { pages: readonly SearchResult[] }) {
  const { text } = useTexts();
  return (
    <section className="meant" aria-labelledby="alike">
      <h2 id="alike">{text('missing.alike')}</h2>
      <ul>
        {pages.map(({ content, title, url, resultGlobalContainer }) => (
          <li key={content.id}>
            <a href={url}>
              <Marked text={title} />
            </a>
            <span>{resultGlobalContainer.title}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
