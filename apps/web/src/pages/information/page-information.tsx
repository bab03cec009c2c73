import { useQuery } from '@tanstack/react-query';
import { Check, Copy } from 'lucide-react';
import { useState } from 'react';
import { copyText } from '../../frame/copy-text';
import { useTexts } from '../../messages/language';
import { historyQuery } from '../../rest/page-sides';
import type { Page } from '../../rest/pages';
import { IncomingLinks } from './incoming-links';

/** Who wrote a page and when, and how to point at it. */
export function PageInformation({ page }: { page: Page }) {
  const { text, date } = useTexts();
  const { data, error } = useQuery(historyQuery(page.id));
  if (error) return <p role="alert">{text('error.unavailable.title')}</p>;
  if (!data) return <p aria-busy="true">{text('app.loading')}</p>;
  const people = data.contributors.publishers.users.map((user) => user.displayName);
  return (
    <dl className="side-facts">
      <dt>{text('information.created')}</dt>
      <dd>{text('information.byOn', { name: data.createdBy.displayName, date: date(data.createdDate) })}</dd>
      <dt>{text('information.changed')}</dt>
      <dd>{text('information.byOn', { name: page.version.by.displayName, date: date(page.version.when) })}</dd>
      <dt>{text('information.contributors')}</dt>
      <dd>{people.join(text('information.and'))}</dd>
      <dt>{text('information.links')}</dt>
      <dd>
        <IncomingLinks page={page} />
      </dd>
      {page._links.tinyui && (
        <>
          <dt>{text('information.tiny')}</dt>
          <dd>
            <TinyLink path={page._links.tinyui} />
          </dd>
        </>
      )}
      <dt>{text('information.id')}</dt>
      <dd>{page.id}</dd>
    </dl>
  );
}

function TinyLink({ path }: { path: string }) {
  const { text } = useTexts();
  const [isCopied, setCopied] = useState(false);
  const address = new URL(path, location.origin).href;
  return (
    <span className="tiny-link">
      <a href={path}>{address}</a>
      <button
        type="button"
        className="icon-button"
        aria-label={text(isCopied ? 'app.copied' : 'information.copy')}
        onClick={() => void copyText(address).then(setCopied)}
      >
        {isCopied ? <Check size={16} aria-hidden /> : <Copy size={16} aria-hidden />}
      </button>
    </span>
  );
}
