import type { ReactNode } from 'react';
import { useTexts } from '../../messages/language';
import type { InlineComment } from '../../rest/inline-comments';
import { sizeOf, type Thread } from '../comments/threads';

interface ThreadListProperties {
  readonly threads: readonly Thread<InlineComment>[];
  open(id: string): void;
}

interface SectionProperties extends ThreadListProperties {
  /** What stands above them. */
  readonly children: ReactNode;
}

/** All threads of a page's text: those that have their passage, those whose passage is gone, and, when asked for, those that are resolved. */
export function ThreadList({ threads, open, children }: SectionProperties) {
  const { text } = useTexts();
  if (threads.length === 0) return children;
  const resolved = threads.filter(({ comment }) => comment.extensions.resolution.status === 'resolved');
  const others = threads.filter((thread) => !resolved.includes(thread));
  return (
    <section className="inline-threads" aria-labelledby="inline-threads-title">
      <h2 id="inline-threads-title">{text('inline.title')}</h2>
      {children}
      {others.length > 0 && <Threads threads={others} open={open} />}
      {resolved.length > 0 && (
        <details>
          <summary>{text('inline.resolved', { count: resolved.length })}</summary>
          <Threads threads={resolved} open={open} />
        </details>
      )}
    </section>
  );
}

function Threads({ threads, open }: ThreadListProperties) {
  const { text } = useTexts();
  return (
    <ul>
      {threads.map((thread) => {
        const { id, history, extensions } = thread.comment;
        return (
          <li key={id}>
            <button type="button" className="link" onClick={() => open(id)}>
              {extensions.inlineProperties.originalSelection}
            </button>
            <span>
              {history.createdBy.displayName} · {text('comments.count', { count: sizeOf(thread) })}
            </span>
            {extensions.resolution.status === 'dangling' && <span className="lozenge">{text('inline.dangling')}</span>}
          </li>
        );
      })}
    </ul>
  );
}
