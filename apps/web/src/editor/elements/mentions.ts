import { elementOf, sourceOf } from '@tributary/editor-document';
import { attributeOf, childOf, element, type StorageElement } from '@tributary/storage-format';
import type { Command } from 'prosemirror-state';
import type { NodeView } from 'prosemirror-view';
import { personQuery, type Person } from '../../rest/people';
import { queryClient } from '../../rest/queries';
import { insertInline } from '../insertions';
import { make } from './drawing';

/** Puts a mention of somebody into the text, by their key: that stays theirs. */
export const insertMention =
  ({ userKey }: Person): Command =>
  (state, dispatch, view) =>
    insertInline(sourceOf(element('ac:link', {}, element('ri:user', { 'ri:userkey': userKey }))), 'reference', ' ')(
      state,
      dispatch,
      view,
    );

function namedIn(user: StorageElement) {
  const key = attributeOf(user, 'ri:userkey');
  const username = attributeOf(user, 'ri:username');
  return key !== undefined ? { key } : username === undefined ? undefined : { username };
}

/** Draws a link to a person by their name, as soon as it is known; undefined for another link. */
export function mentionView(source: string): NodeView | undefined {
  const user = childOf(elementOf(source), 'ri:user');
  if (user === undefined) return undefined;
  const named = namedIn(user);
  const own = named === undefined ? attributeOf(user, 'ri:account-id') : 'key' in named ? named.key : named.username;
  const dom = make('span', 'reference mention', `@${own ?? ''}`);
  if (named !== undefined) {
    // Somebody who is gone stays what the page says.
    void queryClient.fetchQuery(personQuery(named)).then(
      ({ displayName }) => (dom.textContent = `@${displayName}`),
      () => dom.classList.add('unknown'),
    );
  }
  return { dom };
}
