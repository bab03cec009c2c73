import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { badRequest, pages, tags } from '@tributary/contracts';
import { Reads, type Work } from '@tributary/database';
import { markerRefsOf, withInlineMarker } from '@tributary/storage-format';
import { rewriteBody } from '../content/next-version.js';
import type { ContentAccess } from '../permissions/access.js';

/** What is known of a comment inside of a text: its thread's place and state. */
export interface InlineComment {
  contentId: string;
  threadId: string;
  markerRef: string;
  originalSelection: string;
  status: 'open' | 'resolved' | 'reopened';
  changedBy: string | null;
  changedAt: Date | null;
  /** Whether the text still has the marker. */
  isPlaced: boolean;
}

/** By whom, and what the history of the commented text says of it. */
export interface Commenter {
  readonly userKey: string | null;
  readonly message: string;
}

/** Comments inside of texts, beside the contents that they are. */
@Injectable()
export class InlineCommentStore {
  constructor(private readonly reads: Reads) {}

  /** Those of the comments that stand inside of a text. */
  async ofComments(ids: readonly string[]): Promise<Map<string, InlineComment>> {
    const rows = await this.reads.query<InlineComment>(
      `select i.content_id as "contentId", i.thread_id as "threadId", t.marker_ref as "markerRef", t.original_selection as "originalSelection",
         t.status, t.changed_by as "changedBy", t.changed_at as "changedAt", position(t.marker_ref in v.body) > 0 as "isPlaced"
       from inline_comment i
         join inline_comment t on t.content_id = i.thread_id
         join content c on c.id = i.content_id
         join content k on k.id = c.container_id
         join content_version v on v.content_id = k.id and v.number = k.version
       where i.content_id = any($1::bigint[])`,
      [ids],
    );
    return new Map(rows.map((row) => [row.contentId, row]));
  }

  /** Begins a thread at a place in the text of a content that the transaction has locked; sets a marker there where there is none yet. */
  async begin(
    work: Work,
    commentId: string,
    container: ContentAccess,
    { originalSelection, markerRef = randomUUID(), matchIndex, before, after }: pages.InlineProperties,
    by: Commenter,
  ): Promise<void> {
    // Who comments on a text doesn't become its author, nor does it count as changed.
    await rewriteBody(work, container, { ...by, keepsAuthor: true }, (document) => {
      if (markerRefsOf(document).has(markerRef)) return document;
      const marked = withInlineMarker(
        document,
        { text: originalSelection, before, after, index: matchIndex },
        markerRef,
      );
      if (!marked) throw badRequest(`The selected text can not be commented on: ${originalSelection.slice(0, 80)}`);
      return marked;
    });
    await work.query(
      `insert into inline_comment (content_id, thread_id, marker_ref, original_selection, status) values ($1, $1, $2, $3, 'open')`,
      [commentId, markerRef, originalSelection],
    );
  }

  /** An answer stands where what it answers does. */
  async answer(work: Work, commentId: string, answeredId: string): Promise<void> {
    await work.query(
      `insert into inline_comment (content_id, thread_id) select $1, thread_id from inline_comment where content_id = $2`,
      [commentId, answeredId],
    );
  }
}

/** Gives the threads of comments that go to the first answer that stays, and names what changes by it. */
export async function passThreadsOn(work: Work, ids: readonly string[]): Promise<void> {
  const heirs = await work.query<{ threadId: string; heirId: string; all: string[] }>(
    `select thread_id as "threadId", min(content_id) as "heirId", array_agg(content_id::text) as "all" from inline_comment
     where thread_id = any($1::bigint[]) and not content_id = any($1::bigint[]) group by thread_id`,
    [ids],
  );
  for (const { threadId, heirId, all } of heirs) {
    await work.query(
      `update inline_comment h set marker_ref = t.marker_ref, original_selection = t.original_selection, status = t.status,
         changed_by = t.changed_by, changed_at = t.changed_at
       from inline_comment t where h.content_id = $2 and t.content_id = $1`,
      [threadId, heirId],
    );
    await work.query(`update inline_comment set thread_id = $2 where thread_id = $1 and content_id <> $1`, [
      threadId,
      heirId,
    ]);
    await work.query(
      `update content set parent_id = case when id <> $2 then $2::bigint end where parent_id = $1 or id = $2`,
      [threadId, heirId],
    );
    work.changes(...all.map(tags.content));
    work.emit(pages.contentChanged, { ids: all });
  }
}
