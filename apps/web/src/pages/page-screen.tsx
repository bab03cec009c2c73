import { useSuspenseQuery } from '@tanstack/react-query';
import { useTitle } from '../frame/title';
import { useTexts } from '../messages/language';
import type { pageQuery, spaceHomeQuery, titledPageQuery } from '../rest/pages';
import { Article } from './article';

type PageQuery = ReturnType<typeof pageQuery | typeof titledPageQuery>;

/** A page that its address names, by id or by title. `query` asks in the language that is the reader's when it is called. */
export function PageScreen({ query }: { query: () => PageQuery }) {
  // Rendered again when the language changes.
  useTexts();
  const { data: page } = useSuspenseQuery(query());
  return <Article key={page.id} page={page} />;
}

/** A space's address shows its home page. */
export function SpaceScreen({ query }: { query: () => ReturnType<typeof spaceHomeQuery> }) {
  // As above.
  useTexts();
  const { data: space } = useSuspenseQuery(query());
  if (space.homepage) return <Article key={space.homepage.id} page={space.homepage} />;
  return <HomelessSpace name={space.name} />;
}

function HomelessSpace({ name }: { name: string }) {
  const { text } = useTexts();
  useTitle(name);
  return (
    <main id="content" tabIndex={-1} className="page">
      <h1>{name}</h1>
      <p className="empty">{text('spaces.noHome')}</p>
    </main>
  );
}
