import { useQuery, useSuspenseInfiniteQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { Plus } from 'lucide-react';
import { AppLink } from '../frame/app-link';
import { useTitle } from '../frame/title';
import { MoreButton } from '../frame/more-button';
import { useTexts } from '../messages/language';
import { createAddress } from '../pages/addresses';
import { blogQuery } from '../rest/blog';
import { spaceHomeQuery } from '../rest/pages';
import { sessionQuery } from '../rest/session';
import './blog.css';

/** What a space's people have written lately. */
export function BlogScreen() {
  const { text, date } = useTexts();
  const { key } = useSearch({ from: '/frame/reading/pages/viewrecentblogposts.action' });
  const { data: user } = useQuery(sessionQuery);
  const { data: space } = useQuery(spaceHomeQuery(key));
  const list = useSuspenseInfiniteQuery(blogQuery(key));
  const posts = list.data.pages.flatMap(({ results }) => results);
  const title = text('blog.title');
  useTitle(space ? `${title} · ${space.name}` : title);
  return (
    <main id="content" tabIndex={-1} className="page blog">
      <header className="blog-head">
        <h1>{title}</h1>
        {user?.type === 'known' && (
          <AppLink className="button" href={createAddress('blogpost', key, undefined)}>
            <Plus size={15} aria-hidden /> {text('blog.write')}
          </AppLink>
        )}
      </header>
      {posts.length === 0 && <p className="empty">{text('blog.none')}</p>}
      <ul className="blog-posts">
        {posts.map((post) => (
          <li key={post.id}>
            <AppLink href={post._links.webui}>{post.title}</AppLink>
            <small>
              {post.history.createdBy.displayName} ·{' '}
              <time dateTime={post.history.createdDate}>{date(post.history.createdDate)}</time>
            </small>
          </li>
        ))}
      </ul>
      <MoreButton list={list} label="blog.more" />
    </main>
  );
}
