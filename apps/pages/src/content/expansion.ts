/** The `expand` paths of a request as a tree: `history.lastUpdated` expands `history` and, in it, `lastUpdated`. */
export class Expansion {
  private readonly below = new Map<string, Expansion>();

  static of(paths: readonly string[]): Expansion {
    const root = new Expansion();
    for (const path of paths) {
      let node = root;
      for (const name of path.split('.')) node = node.enter(name);
    }
    return root;
  }

  private enter(name: string): Expansion {
    const known = this.below.get(name);
    if (known) return known;
    const made = new Expansion();
    this.below.set(name, made);
    return made;
  }

  /** Whether the dotted path is expanded. */
  has(path: string): boolean {
    let node: Expansion | undefined = this;
    for (const name of path.split('.')) node = node?.below.get(name);
    return node !== undefined;
  }

  /** What is expanded inside `path`; nothing when the path itself is not. */
  inside(path: string): Expansion {
    let node: Expansion | undefined = this;
    for (const name of path.split('.')) node = node?.below.get(name);
    return node ?? new Expansion();
  }

  names(): string[] {
    return [...this.below.keys()];
  }
}
