import { useEffect, useEffectEvent } from 'react';
import { openEventStream } from './open-event-stream';

export interface ReaderEvents {
  /** A stream began: what happened before it isn't told. */
  here(node: string): void;
  /** More happened than is told. */
  missed(): void;
  content(change: { readonly id: string; readonly status: 'current' | 'trashed'; readonly version: number }): void;
  comment(comment: { readonly id: string; readonly contentId: string }): void;
}

/**
 * Hears what changes of a page and the tree of its space. Only the tab that is looked at listens: browsers open few connections to
 * one server, and a tab that comes back looks for itself.
 */
export function useReaderEvents(
  watched: { readonly contentId: string; readonly spaceKey: string },
  events: ReaderEvents,
): void {
  const { contentId, spaceKey } = watched;
  const onEvent = useEffectEvent((name: string, data: unknown) => {
    if (name === 'here') events.here((data as { nodeId: string }).nodeId);
    else if (name === 'missed') events.missed();
    else if (name === 'content') events.content(data as Parameters<ReaderEvents['content']>[0]);
    else if (name === 'comment') events.comment(data as Parameters<ReaderEvents['comment']>[0]);
  });
  useEffect(() => {
    const query = new URLSearchParams({ space: spaceKey, content: contentId });
    const path = `/rest/tributary/1/events?${query.toString()}`;
    let close: (() => void) | undefined;
    const follow = () => {
      const isSeen = document.visibilityState === 'visible';
      if (!isSeen) close?.();
      close = isSeen
        ? (close ?? openEventStream({ path, events: ['here', 'missed', 'content', 'comment'], onEvent }))
        : undefined;
    };
    follow();
    document.addEventListener('visibilitychange', follow);
    return () => {
      document.removeEventListener('visibilitychange', follow);
      close?.();
    };
  }, [contentId, spaceKey]);
}
