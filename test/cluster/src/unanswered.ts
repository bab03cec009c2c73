/** A request got no answer: its connection broke off or was never made, or it took longer than a client waits. */
export class Unanswered extends Error {}

interface UnansweredRequest {
  readonly gateway: string;
  /** From when until when somebody waited for the answer. */
  readonly since: number;
  readonly until: number;
  readonly reason: string;
}

/** The times at which a test itself kept a process from answering. */
export class Outages {
  private readonly times: { readonly since: number; until: number }[] = [];

  begin(): void {
    this.times.push({ since: performance.now(), until: Infinity });
  }

  end(): void {
    const last = this.times.at(-1);
    if (last) last.until = performance.now();
  }

  overlap({ since, until }: Pick<UnansweredRequest, 'since' | 'until'>): boolean {
    return this.times.some((outage) => since <= outage.until && until >= outage.since);
  }
}

/** Requests without an answer, by gateway. Only a gateway that was killed or paused meanwhile may leave any: others say 503. */
export class UnansweredRequests {
  private readonly all: UnansweredRequest[] = [];

  /** Carries out a request, and takes note when it gets no answer: then it rejects with `Unanswered`. */
  async watch<T>(gateway: string, request: () => Promise<T>): Promise<T> {
    const since = performance.now();
    try {
      return await request();
    } catch (error) {
      const reason = reasonOf(error);
      this.all.push({ gateway, since, until: performance.now(), reason });
      throw new Unanswered(`${gateway}: ${reason}`, { cause: error });
    }
  }

  countOf(gateway: string): number {
    return this.all.filter((request) => request.gateway === gateway).length;
  }

  /** Those that nothing excuses; `outages` are those of each gateway by its address. */
  problems(outages: ReadonlyMap<string, Outages> = new Map()): string[] {
    const unexcused = this.all.filter((request) => !outages.get(request.gateway)?.overlap(request));
    // One line each: clients ask a gateway that is gone again and again.
    const alike = Map.groupBy(unexcused, ({ gateway, reason }) => `${gateway}: ${reason}`);
    return [...alike].map(([what, requests]) => {
      const longest = Math.max(...requests.map(({ since, until }) => until - since));
      return `${what}: ${requests.length} requests without an answer, the longest after ${Math.round(longest)} ms`;
    });
  }
}

function reasonOf(error: unknown): string {
  const { cause } = error as { cause?: { code?: string } };
  return cause?.code ? `${String(error)} (${cause.code})` : String(error);
}
