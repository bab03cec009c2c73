import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { AppLink } from '../frame/app-link';
import { useTitle } from '../frame/title';
import { MoreButton } from '../frame/more-button';
import { useTexts } from '../messages/language';
import { ApiError } from '../rest/client';
import { foundQuery, type SearchResult } from '../rest/search';
import type { Search } from '../router';
import { cqlOf } from './cql';
import { Marked } from './marked';
import { CqlForm, SearchForm } from './search-form';
import './search.css';

const route = getRouteApi('/frame/search');

/** Everything that can be found, by words, by filters, or by CQL. */
export function SearchScreen() {
  const { text } = useTexts();
  const asked = route.useSearch();
  const navigate = route.useNavigate();
  const cql = asked.cql ?? cqlOf(asked);
  useTitle(asked.q ? `${asked.q} · ${text('search.title')}` : text('search.title'));
  const key = JSON.stringify(asked);
  const [form, setForm] = useState({ key, own: '', times: 0 });
  // What was written by hand or by another form is what a form begins with; what it asked for itself stands in it, and the focus too.
  if (form.key !== key) setForm({ key, own: '', times: form.times + (form.own === key ? 0 : 1) });
  const ask = (next: Search) => void navigate({ search: next });
  const askByForm = (next: Search) => {
    setForm({ ...form, own: JSON.stringify(next) });
    ask(next);
  };
  return (
    <main id="content" tabIndex={-1} className="search">
      <h1>{text('search.title')}</h1>
      <SearchForm key={`form ${form.times}`} asked={asked} ask={askByForm} />
      <CqlForm key={`cql ${key}`} cql={cql} isWritten={asked.cql !== undefined} ask={ask} />
      {cql === '' ? <p className="empty">{text('search.begin')}</p> : <Results cql={cql} />}
    </main>
  );
}

function Results({ cql }: { cql: string }) {
  const { text } = useTexts();
  const list = useInfiniteQuery(foundQuery(cql));
  const { data, error, isPending, refetch } = list;
  if (error) return <Problem error={error} retry={() => void refetch()} />;
  if (isPending) return <p aria-busy="true">{text('app.loading')}</p>;
  const results = data.pages.flatMap((part) => part.results);
  return (
    <section aria-label={text('search.results')}>
      <p role="status" className="search-count">
        {text('search.count', { count: data.pages[0]?.totalSize ?? results.length })}
      </p>
      {results.length === 0 && <p className="empty">{text('search.nothing')}</p>}
      <ol className="search-results">
        {results.map((result) => (
          <Result key={result.content.id} result={result} />
        ))}
      </ol>
      <MoreButton list={list} label="search.more" />
    </section>
  );
}

/** What the server says of CQL that it doesn't understand names the word and its place. */
function Problem({ error, retry }: { error: Error; retry(): void }) {
  const { text } = useTexts();
  const isCql = error instanceof ApiError && (error.status === 400 || error.status === 501);
  return (
    <div role="alert" className="search-problem">
      <p>
        <strong>{text(isCql ? 'search.wrongCql' : 'error.unavailable.title')}</strong>
      </p>
      {isCql ? (
        <p lang="en">{error.message}</p>
      ) : (
        <button type="button" className="button" onClick={retry}>
          {text('app.retry')}
        </button>
      )}
    </div>
  );
}

function Result({ result }: { result: SearchResult }) {
  const { text, date } = useTexts();
  const { displayUrl, title } = result.resultGlobalContainer;
  return (
    <li>
      <h2>
        <AppLink href={result.url}>
          <Marked text={result.title} />
        </AppLink>
      </h2>
      {result.excerpt && (
        <p>
          <Marked text={result.excerpt} />
        </p>
      )}
      <p className="search-where">
        <span className="lozenge">{text(`search.type.${result.content.type}`)}</span>
        <AppLink href={displayUrl}>{title}</AppLink>
        <time dateTime={result.lastModified}>{date(result.lastModified)}</time>
      </p>
    </li>
  );
}
