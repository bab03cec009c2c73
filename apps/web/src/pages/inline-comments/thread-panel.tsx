import { useMutation, useQuery } from '@tanstack/react-query';
import { Check, RotateCcw } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTexts } from '../../messages/language';
import { failureKey } from '../../rest/client';
import { addComment } from '../../rest/comments';
import { setResolved, type InlineComment } from '../../rest/inline-comments';
import { sessionQuery } from '../../rest/session';
import { CommentForm } from '../comments/comment-form';
import { SingleComment } from '../comments/single-comment';
import type { Thread } from '../comments/threads';
import { Panel } from './panel';

interface ThreadPanelProperties {
  readonly pageId: string;
  readonly thread: Thread<InlineComment>;
  changed(): Promise<void>;
  close(): void;
  /** What else there is to be told. */
  readonly children: ReactNode;
}

/** What was said about a passage, to answer, resolve and open again. */
export function ThreadPanel({ pageId, thread, changed, close, children }: ThreadPanelProperties) {
  const { text } = useTexts();
  const { data: user } = useQuery(sessionQuery);
  const { id, extensions } = thread.comment;
  const { status, lastModifier } = extensions.resolution;
  const isResolved = status === 'resolved';
  const isKnown = user?.type === 'known';
  return (
    <Panel
      quote={extensions.inlineProperties.originalSelection}
      close={close}
      actions={isKnown && <Resolving id={id} isResolved={isResolved} changed={changed} />}
    >
      {children}
      {isResolved && (
        <p className="inline-state">{text('inline.resolvedBy', { name: lastModifier?.displayName ?? '' })}</p>
      )}
      {status === 'dangling' && <p className="inline-state">{text('inline.dangling')}</p>}
      <ol>
        <SingleComment pageId={pageId} thread={thread} changed={changed} />
      </ol>
      {isKnown && !isResolved && (
        <CommentForm
          label={text('inline.answer')}
          action={text('comments.reply')}
          place={`answer-${id}`}
          save={async (body) => {
            await addComment(pageId, body, id);
            await changed();
          }}
        />
      )}
    </Panel>
  );
}

interface ResolvingProperties {
  readonly id: string;
  readonly isResolved: boolean;
  changed(): Promise<void>;
}

function Resolving({ id, isResolved, changed }: ResolvingProperties) {
  const { text } = useTexts();
  const resolving = useMutation({
    mutationFn: async () => {
      await setResolved(id, !isResolved);
      await changed();
    },
  });
  return (
    <>
      {/* Not disabled meanwhile, which would take the focus away. */}
      <button type="button" className="button" onClick={() => !resolving.isPending && resolving.mutate()}>
        {isResolved ? <RotateCcw size={15} aria-hidden /> : <Check size={15} aria-hidden />}
        {text(isResolved ? 'inline.reopen' : 'inline.resolve')}
      </button>
      {resolving.isError && (
        <span role="alert" className="problem">
          {text(failureKey(resolving.error))}
        </span>
      )}
    </>
  );
}
