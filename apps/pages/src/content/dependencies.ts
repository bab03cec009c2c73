/** What an answer in the making depends on (rule R11): every source adds its tags here. */
export class Dependencies {
  private readonly tags = new Set<string>();
  /** The answer shows something that other readers of the same content may not see. */
  perActor = false;
  private nameable = true;

  add(...tags: string[]): void {
    for (const tag of tags) this.tags.add(tag);
  }

  /** The answer depends on something that no tag names, so it may not be cached. */
  unnamed(): void {
    this.nameable = false;
  }

  /** All tags; none when the answer may not be cached. */
  list(): string[] {
    return this.nameable ? [...this.tags] : [];
  }
}
