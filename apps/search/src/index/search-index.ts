import type { CheckedQuery } from '@tributary/cql';
import type { search } from '@tributary/contracts';

/** One content that matches, whoever may see it. */
export interface Hit {
  readonly id: string;
  /** The content whose permissions count: a comment's page. */
  readonly containerId: string | null;
  readonly score: number;
}

/** What a result shows beside the content itself. */
export interface Snippet {
  readonly id: string;
  readonly type: string;
  readonly title: string;
  /** The beginning of its text; what is further down is found, but not shown. */
  readonly text: string;
  readonly spaceKey: string;
  readonly spaceName: string;
  readonly webui: string;
  readonly lastModified: string;
}

export interface HitQuery {
  readonly query: CheckedQuery;
  readonly includeArchivedSpaces: boolean;
  readonly start: number;
  readonly limit: number;
}

/**
 * The index behind CQL. It finds, it doesn't decide: permissions are asked of the contents' owner for every hit. Adapters keep
 * documents by id; writing one twice is the same as once. Hits come in one total order, so that pages of them fit together.
 */
export interface SearchIndex {
  write(documents: readonly search.IndexDocument[]): Promise<void>;
  remove(ids: readonly string[]): Promise<void>;
  find(query: HitQuery): Promise<Hit[]>;
  snippets(ids: readonly string[]): Promise<Map<string, Snippet>>;
  /** Versions of all documents but attachments after one id, up to and with another, by id; undefined: from the first, to the last. */
  versions(after: string | undefined, until: string | undefined): Promise<Map<string, number>>;
}
