import { withDeadline } from '../waiting.js';
import { familyText, type Family, type Sample } from './exposition.js';

/** Label values that one metric tells apart; what comes later counts under `other`, so that nobody fills the memory. */
const seriesMax = 1_000;
const overflow = 'other';
/** A collector that asks a database which is away must not keep the rest from being shown. */
const collectMillisMax = 2_000;
/** Upper bounds in seconds: from a cached answer to the longest that a request may take. */
const durationBounds = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

interface Series {
  readonly labels: readonly string[];
  /** Observations up to each bound and above the one before; the last counts those above all. */
  readonly buckets: Uint32Array;
  sum: number;
}

/** How long something took, by label values, as a Prometheus histogram. Observing costs one lookup. */
export class Durations {
  private readonly series = new Map<string, Series>();
  private total = 0;

  constructor(
    readonly name: string,
    private readonly help: string,
    private readonly labelNames: readonly string[],
  ) {}

  /** Observations so far, of all label values together. */
  get count(): number {
    return this.total;
  }

  observe(seconds: number, ...labels: readonly string[]): void {
    this.total += 1;
    const series = this.seriesOf(labels);
    const index = durationBounds.findIndex((bound) => seconds <= bound);
    const bucket = index < 0 ? durationBounds.length : index;
    series.buckets[bucket] = (series.buckets[bucket] ?? 0) + 1;
    series.sum += seconds;
  }

  family(): Family {
    const samples = [...this.series.values()].flatMap((each) => this.samplesOf(each));
    return { name: this.name, help: this.help, type: 'histogram', samples };
  }

  private seriesOf(labels: readonly string[]): Series {
    const known = this.series.get(labels.join('\u0000'));
    if (known) return known;
    const kept = this.series.size < seriesMax ? labels : labels.map(() => overflow);
    const key = kept.join('\u0000');
    const made = this.series.get(key) ?? { labels: kept, buckets: new Uint32Array(durationBounds.length + 1), sum: 0 };
    this.series.set(key, made);
    return made;
  }

  private samplesOf({ labels, buckets, sum }: Series): Sample[] {
    const named = Object.fromEntries(this.labelNames.map((name, index) => [name, labels[index] ?? '']));
    let below = 0;
    const steps = [...durationBounds.map(String), '+Inf'].map((le, index) => {
      below += buckets[index] ?? 0;
      return { suffix: '_bucket', labels: { ...named, le }, value: below };
    });
    return [...steps, { suffix: '_sum', labels: named, value: sum }, { suffix: '_count', labels: named, value: below }];
  }
}

type Collect = () => readonly Family[] | Promise<readonly Family[]>;

/**
 * The figures of this process for Prometheus. What costs to know is asked of collectors only when somebody looks. Not promised: that a
 * scrape shows one moment; each figure is of its own.
 */
export class Metrics {
  private readonly durations: Durations[] = [];
  private readonly collectors = new Map<string, Collect>();

  durationsOf(name: string, help: string, labelNames: readonly string[]): Durations {
    const made = new Durations(name, help, labelNames);
    this.durations.push(made);
    return made;
  }

  /** Requests that this process has answered. */
  requestCount(): number {
    return this.durations.filter(({ name }) => requestMetrics.has(name)).reduce((sum, { count }) => sum + count, 0);
  }

  /** A collector by its name replaces the one before; what it returns ends it. */
  collect(name: string, collector: Collect): () => void {
    this.collectors.set(name, collector);
    return () => {
      if (this.collectors.get(name) === collector) this.collectors.delete(name);
    };
  }

  /** All figures in Prometheus's text format. A collector that fails or takes too long is shown as down, the others stay. */
  async text(): Promise<string> {
    const up: Sample[] = [];
    const collected = await Promise.all(
      [...this.collectors].map(async ([name, collector]) => {
        const families = await outcomeOf(collector);
        up.push({ labels: { collector: name }, value: families ? 1 : 0 });
        return families ?? [];
      }),
    );
    const families = [
      ...this.durations.map((each) => each.family()),
      ...collected.flat(),
      {
        name: 'tributary_collector_up',
        help: 'Whether a group of figures could be had',
        type: 'gauge' as const,
        samples: up,
      },
    ];
    return families.map(familyText).join('');
  }
}

/** What counts as a request of the process, for requests per second. */
const requestMetrics = new Set(['tributary_http_request_duration_seconds', 'tributary_message_duration_seconds']);

async function outcomeOf(collector: Collect): Promise<readonly Family[] | undefined> {
  try {
    return await withDeadline(Promise.resolve(collector()), collectMillisMax, () => new Error('too late'));
  } catch {
    // Shown as `tributary_collector_up 0`: who looks at figures learns it there.
    return undefined;
  }
}

/** This process's own; there is one, as there is one process. */
export const metrics = new Metrics();
/** Messages that this process answered; `outcome` is `ok` or the error's code. */
export const messageDurations = metrics.durationsOf('tributary_message_duration_seconds', 'Messages answered', [
  'subject',
  'outcome',
]);
/** HTTP requests that this process answered, by the route's pattern. */
export const httpDurations = metrics.durationsOf('tributary_http_request_duration_seconds', 'HTTP requests answered', [
  'method',
  'route',
  'status',
]);
/** How long pins of this process's writes took. */
export const pinDurations = metrics.durationsOf('tributary_pin_duration_seconds', 'Pins asked for by writes', [
  'outcome',
]);
/** How long writes of this process that got their pins waited for them alone, before they committed: what coherence adds to them. */
export const pinWaits = metrics.durationsOf('tributary_pin_wait_seconds', 'Writes that waited for granted pins', []);
