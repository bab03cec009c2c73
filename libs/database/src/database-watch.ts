/** How old an answer may be before the database is asked again, when somebody wants to know. */
const freshMillis = 1_000;
/** An answer that takes longer is none: the link may be cut without a word, or the pool be full of statements that wait. */
const silenceMillis = 1_500;

/**
 * Whether the database answers this process. It is asked when somebody wants to know, at most every second, so an idle process asks
 * nothing. Clocks: the process's monotonic one. Not promised: that the next statement is answered.
 */
export class DatabaseWatch {
  private askedAt = -Infinity;
  private isAsking = false;
  private hasFailed = false;

  /** `ask` is a statement that a healthy database answers at once. */
  constructor(private readonly ask: () => Promise<unknown>) {}

  /** What is known at this moment; does not wait. */
  isSilent(): boolean {
    const now = performance.now();
    if (!this.isAsking && now - this.askedAt >= freshMillis) {
      this.isAsking = true;
      this.askedAt = now;
      void this.lookAgain();
    }
    return this.hasFailed || (this.isAsking && now - this.askedAt >= silenceMillis);
  }

  private async lookAgain(): Promise<void> {
    this.hasFailed = await this.ask().then(
      () => false,
      () => true,
    );
    this.isAsking = false;
  }
}
