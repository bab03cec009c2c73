import type { Dependent } from './context.js';

/** No answer: the wiki failed or took too long. */
export const UNAVAILABLE = Symbol('unavailable');

/**
 * Questions of one kind: collected first, each once, then asked together. So a page with 200 links costs one question.
 */
export class Inquiry<Question, Answer extends Dependent> {
  private readonly pending = new Map<string, Question>();
  private readonly answers = new Map<string, Answer | typeof UNAVAILABLE>();

  /**
   * @param fetch answers in the order of the questions; UNAVAILABLE for one that failed alone
   * @param questionsMax further questions are not asked and so have no answer
   */
  constructor(
    private readonly fetch: (questions: readonly Question[]) => Promise<readonly (Answer | typeof UNAVAILABLE)[]>,
    private readonly questionsMax = Number.POSITIVE_INFINITY,
  ) {}

  ask(question: Question): void {
    const key = keyOf(question);
    if (!this.answers.has(key) && !this.isFull) this.pending.set(key, question);
  }

  get hasPending(): boolean {
    return this.pending.size > 0;
  }

  /** Whether as many questions were asked as may be. */
  get isFull(): boolean {
    return this.answers.size + this.pending.size >= this.questionsMax;
  }

  /** Asks all that is pending. A rejection makes all of it unavailable and is thrown again. */
  async settle(): Promise<void> {
    const questions = [...this.pending];
    if (questions.length === 0) return;
    this.pending.clear();
    for (const [key] of questions) this.answers.set(key, UNAVAILABLE);
    const answers = await this.fetch(questions.map(([, question]) => question));
    if (answers.length !== questions.length) {
      throw new Error(`${questions.length} questions got ${answers.length} answers.`);
    }
    questions.forEach(([key], index) => this.answers.set(key, answers[index] ?? UNAVAILABLE));
  }

  /** The answer; UNAVAILABLE also for what was never asked. */
  answer(question: Question): Answer | typeof UNAVAILABLE {
    return this.answers.get(keyOf(question)) ?? UNAVAILABLE;
  }

  *dependsOn(): Generator<string> {
    for (const answer of this.answers.values()) {
      if (answer !== UNAVAILABLE) yield* answer.dependsOn;
    }
  }
}

/** The same question has the same key, in whatever order its fields were written. */
function keyOf(question: unknown): string {
  return JSON.stringify(question, (_name, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).toSorted(([left], [right]) => (left < right ? -1 : 1)))
      : value,
  );
}
