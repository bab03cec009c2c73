import type { StorageElement, StorageNode } from '../document.js';
import { isMacro, macroCallOf, type MacroCall } from '../macro-call.js';
import type { AskingScope } from '../macros/macro.js';
import { macroByName } from '../macros/registry.js';
import { targetIn } from '../references.js';
import type { Answers } from './answers.js';
import type { RenderedContent } from './context.js';
import { imageTarget } from './elements/image.js';
import { INCLUDE_DEPTH_MAX } from './scope.js';

/** Rounds of questions: one for each level of included pages, and some for macros that ask by an answer. */
const ROUNDS_MAX = INCLUDE_DEPTH_MAX + 4;

/** Collects the questions of a page and of what it includes, without waiting. */
class Gathering {
  private readonly walked = new Set<readonly StorageNode[]>();
  private readonly askingMacros: { readonly ask: () => void }[] = [];

  constructor(private readonly answers: Answers) {}

  walk(nodes: readonly StorageNode[], content: RenderedContent | null): void {
    if (this.walked.has(nodes)) return;
    this.walked.add(nodes);
    for (const node of nodes) if (node.type === 'element') this.visit(node, content);
  }

  /** Lets every macro ask again, now that there are answers. */
  askAgain(): void {
    // Macros that are found on the way have asked already and needn't twice.
    for (const { ask } of this.askingMacros.slice()) ask();
  }

  private visit(element: StorageElement, content: RenderedContent | null): void {
    if (isMacro(element)) {
      const call = macroCallOf(element);
      this.askForMacro(call, content);
      this.walk(call.richBody ?? [], content);
      return;
    }
    if (element.name === 'ac:link') this.askForLink(element, content);
    if (element.name === 'ac:image') this.askForImage(element, content);
    for (const child of element.children) if (child.type === 'element') this.visit(child, content);
  }

  private askForMacro(call: MacroCall, content: RenderedContent | null): void {
    const macroAsk = macroByName.get(call.name)?.ask;
    if (macroAsk === undefined) return;
    const scope: AskingScope = {
      content,
      answers: this.answers,
      willRender: (nodes, otherContent) => this.walk(nodes, otherContent),
    };
    const ask = (): void => macroAsk(call, scope);
    this.askingMacros.push({ ask });
    ask();
  }

  private askForLink(element: StorageElement, content: RenderedContent | null): void {
    const target = targetIn(element, content);
    if (target?.type === 'page') this.answers.pages.ask(target.page);
    if (target?.type === 'attachment') this.answers.attachments.ask(target.attachment);
    if (target?.type === 'user') this.answers.users.ask(target.user);
    if (target?.type === 'space') this.answers.spaces.ask(target.spaceKey);
  }

  private askForImage(element: StorageElement, content: RenderedContent | null): void {
    const target = imageTarget(element, { content });
    if (target?.type === 'attachment') this.answers.attachments.ask(target.attachment);
  }
}

/**
 * Finds out everything that a page needs of the wiki, in as few questions as possible: all links at once, then included pages and
 * what they need, round by round. Whatever has no answer at the end of time stays unavailable.
 */
export async function gather(
  nodes: readonly StorageNode[],
  content: RenderedContent | null,
  answers: Answers,
  endsAtMillis: number,
): Promise<void> {
  const gathering = new Gathering(answers);
  gathering.walk(nodes, content);
  for (let round = 0; round < ROUNDS_MAX && answers.hasPending; round += 1) {
    if (!(await settledBefore(answers.settle(), endsAtMillis))) return;
    gathering.askAgain();
  }
}

/** Whether a promise settled in time. */
async function settledBefore(promise: Promise<void>, endsAtMillis: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), Math.max(0, endsAtMillis - performance.now()));
  });
  try {
    return await Promise.race([promise.then(() => true as const), late]);
  } finally {
    clearTimeout(timer);
  }
}
