import type { StorageDocument } from '../document.js';
import { StorageFormatError } from '../errors.js';
import { parseStorage } from '../parse.js';
import type { AttachmentReference, PageReference, UserReference } from '../references.js';
import type {
  ChildrenParent,
  Dependent,
  ListChildrenOptions,
  ListedChildren,
  LoadedBody,
  RenderContext,
  ResolvedAttachment,
  ResolvedPage,
  ResolvedSpace,
  ResolvedUser,
} from './context.js';
import { Inquiry, UNAVAILABLE } from './inquiry.js';

export interface ChildrenQuestion {
  readonly parent: ChildrenParent;
  readonly options: ListChildrenOptions;
}

/** Other contents' bodies that one page may need. */
export const BODIES_MAX = 200;

/** Asks one by one, all at the same time; one that fails is unavailable and leaves the others alone. */
async function fetchEach<Question, Answer>(
  questions: readonly Question[],
  fetch: (question: Question) => Promise<Answer>,
  onFailure: (error: unknown) => void,
): Promise<(Answer | typeof UNAVAILABLE)[]> {
  const outcomes = await Promise.allSettled(questions.map(fetch));
  return outcomes.map((outcome) => {
    if (outcome.status === 'fulfilled') return outcome.value;
    onFailure(outcome.reason);
    return UNAVAILABLE;
  });
}

/** All that a rendering wants to know and has learnt from the wiki. */
export class Answers {
  readonly pages: Inquiry<PageReference, ResolvedPage>;
  readonly users: Inquiry<UserReference, ResolvedUser>;
  readonly spaces: Inquiry<string, ResolvedSpace>;
  readonly attachments: Inquiry<AttachmentReference, ResolvedAttachment>;
  readonly bodies: Inquiry<PageReference, LoadedBody>;
  readonly children: Inquiry<ChildrenQuestion, ListedChildren>;
  private readonly documents = new Map<LoadedBody, StorageDocument | undefined>();

  constructor(
    context: RenderContext,
    private readonly onFailure: (error: unknown) => void,
  ) {
    this.pages = new Inquiry((references) => context.resolvePages(references));
    this.users = new Inquiry((references) => context.resolveUsers(references));
    this.spaces = new Inquiry((keys) => context.resolveSpaces(keys));
    this.attachments = new Inquiry((references) => context.resolveAttachments(references));
    this.bodies = new Inquiry(
      (references) => fetchEach(references, (reference) => context.loadBody(reference), onFailure),
      BODIES_MAX,
    );
    this.children = new Inquiry((questions) =>
      fetchEach(questions, ({ parent, options }) => context.listChildren(parent, options), onFailure),
    );
  }

  get hasPending(): boolean {
    return this.all().some((inquiry) => inquiry.hasPending);
  }

  /** Asks all that is pending, every kind at the same time. */
  async settle(): Promise<void> {
    const outcomes = await Promise.allSettled(this.all().map((inquiry) => inquiry.settle()));
    for (const outcome of outcomes) if (outcome.status === 'rejected') this.onFailure(outcome.reason);
  }

  /** The tree of a loaded body, parsed once; undefined when it isn't storage format. */
  documentOf(body: LoadedBody): StorageDocument | undefined {
    if (!this.documents.has(body)) this.documents.set(body, parseOrUndefined(body.storage ?? ''));
    return this.documents.get(body);
  }

  dependsOn(): string[] {
    return [...new Set(this.all().flatMap((inquiry) => [...inquiry.dependsOn()]))].toSorted();
  }

  private all(): readonly Pick<Inquiry<unknown, Dependent>, 'hasPending' | 'settle' | 'dependsOn'>[] {
    return [this.pages, this.users, this.spaces, this.attachments, this.bodies, this.children];
  }
}

function parseOrUndefined(source: string): StorageDocument | undefined {
  try {
    return parseStorage(source);
  } catch (error) {
    if (error instanceof StorageFormatError) return undefined;
    throw error;
  }
}
