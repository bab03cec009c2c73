import { useQuery } from '@tanstack/react-query';
import { useLocation } from '@tanstack/react-router';
import { useEffect, useEffectEvent, useMemo, useRef, useState, type RefObject } from 'react';
import { useTexts } from '../../messages/language';
import { ApiError, failureKey } from '../../rest/client';
import { commentOn, inlineCommentsQuery, type InlineComment, type Passage } from '../../rest/inline-comments';
import type { Page } from '../../rest/pages';
import { queryClient } from '../../rest/queries';
import { sessionQuery } from '../../rest/session';
import { CommentForm } from '../comments/comment-form';
import { hasComment, sizeOf, threadsOf, type Thread } from '../comments/threads';
import { focusThread, scrollToThread, showHighlights, threadAt } from './highlights';
import { Panel, shortened } from './panel';
import { showChosen, type ChosenPassage } from './passage';
import { SelectionButton } from './selection-button';
import { ThreadList } from './thread-list';
import { ThreadPanel } from './thread-panel';
import { passageOf, placeOf, Unsent, unsentPassages } from './unsent-passages';
import './inline-comments.css';

interface InlineCommentsProperties {
  readonly page: Page;
  readonly article: RefObject<HTMLElement | null>;
}

/** What people say about passages of a page's text: marked in it, beside it when it is opened, and listed below it. */
export function InlineComments({ page, article }: InlineCommentsProperties) {
  const { data: user } = useQuery(sessionQuery);
  const { data: comments } = useQuery(inlineCommentsQuery(page.id, page.version.number));
  const threads = useMemo(() => threadsOf(comments ?? []), [comments]);
  const [openId, setOpenId] = useState<string>();
  const [passage, setPassage] = useState<Passage | ChosenPassage>();
  const body = useBody(article, page.body.view.value);
  const thread = threads.find(({ comment }) => comment.id === openId);
  useHighlights(body, page.body.view.value, threads, thread?.comment.id);
  const open = (id: string) => {
    setPassage(undefined);
    setOpenId(id);
    if (body.current) scrollToThread(body.current, id);
  };
  const close = () => {
    setOpenId(undefined);
    setPassage(undefined);
    if (openId !== undefined && body.current) focusThread(body.current, openId);
  };
  usePresses(body, page.body.view.value, (id) => (id === openId ? close() : open(id)));
  useNamedComment(threads, open);
  const write = (about: Passage | ChosenPassage) => {
    setOpenId(undefined);
    setPassage(about);
  };
  const place = passage && placeOf(page.id, passage);
  const unsent = unsentPassages(user?.username, page.id).filter((each) => placeOf(page.id, each) !== place);
  const changed = () => queryClient.invalidateQueries({ queryKey: ['comments', page.id] });
  return (
    <>
      {user?.type === 'known' && <SelectionButton body={body} comment={write} />}
      {passage && <NewThread key={place} page={page} passage={passage} close={close} begun={open} />}
      {thread && (
        <ThreadPanel key={thread.comment.id} pageId={page.id} thread={thread} changed={changed} close={close}>
          <Unsent passages={unsent} write={write} />
        </ThreadPanel>
      )}
      <ThreadList threads={threads} open={open}>
        <Unsent passages={unsent} write={write} />
      </ThreadList>
    </>
  );
}

interface NewThreadProperties {
  readonly page: Page;
  readonly passage: Passage | ChosenPassage;
  close(): void;
  begun(id: string): void;
}

function NewThread({ page, passage, close, begun }: NewThreadProperties) {
  const { text } = useTexts();
  const where = passageOf(passage);
  const range = 'range' in passage ? passage.range : undefined;
  const begunId = useRef<string>(undefined);
  useEffect(() => range && showChosen(range), [range]);
  // The form is left when it was saved, too: then the thread that it began takes its place.
  const leave = () => (begunId.current === undefined ? close() : begun(begunId.current));
  const save = async (body: string) => {
    begunId.current = await commentOn(page.id, where, body);
    await Promise.all([
      queryClient.invalidateQueries({ queryKey: ['page'] }),
      queryClient.invalidateQueries({ queryKey: ['comments', page.id] }),
    ]);
  };
  const isElsewhere = (error: unknown) => error instanceof ApiError && error.status === 400;
  return (
    <Panel quote={passage.originalSelection} close={close}>
      <CommentForm
        label={text('inline.write')}
        action={text('comments.add')}
        place={placeOf(page.id, passage)}
        leave={leave}
        save={save}
        failure={(error) => text(isElsewhere(error) ? 'inline.elsewhere' : failureKey(error))}
      />
    </Panel>
  );
}

/** The element that holds the page's own text. */
function useBody(article: RefObject<HTMLElement | null>, html: string): RefObject<HTMLElement | null> {
  const body = useRef<HTMLElement>(null);
  useEffect(() => {
    body.current = article.current?.querySelector<HTMLElement>('.wiki-content') ?? null;
  }, [article, html]);
  return body;
}

function useHighlights(
  body: RefObject<HTMLElement | null>,
  html: string,
  threads: readonly Thread<InlineComment>[],
  activeId: string | undefined,
): void {
  const { text } = useTexts();
  useEffect(() => {
    if (!body.current) return;
    const open = threads.filter(({ comment }) => comment.extensions.resolution.status !== 'resolved');
    const highlights = open.map((thread) => {
      const { id, extensions } = thread.comment;
      const { markerRef, originalSelection } = extensions.inlineProperties;
      const label = text('inline.button', { count: sizeOf(thread), quote: shortened(originalSelection) });
      return { id, markerRef, label, isActive: id === activeId };
    });
    showHighlights(body.current, highlights);
  }, [body, html, threads, activeId, text]);
}

function usePresses(body: RefObject<HTMLElement | null>, html: string, toggle: (id: string) => void): void {
  const press = useEffectEvent((event: MouseEvent) => {
    const id = threadAt(event.target);
    if (id !== undefined) toggle(id);
  });
  useEffect(() => {
    const element = body.current;
    element?.addEventListener('click', press);
    return () => element?.removeEventListener('click', press);
  }, [body, html]);
}

/** An address may name a comment on a passage. */
function useNamedComment(threads: readonly Thread<InlineComment>[], open: (id: string) => void): void {
  const { hash } = useLocation();
  const reached = useRef<string>(undefined);
  const go = useEffectEvent((id: string) => open(id));
  useEffect(() => {
    const id = /^comment-(\d+)$/.exec(hash)?.[1];
    const thread = id === undefined ? undefined : threads.find((each) => hasComment(each, id));
    if (!thread || reached.current === hash) return;
    reached.current = hash;
    go(thread.comment.id);
  }, [hash, threads]);
}
