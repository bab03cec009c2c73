import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Family } from './exposition.js';
import { metrics } from './metrics.js';

/** How often the event loop's delay is looked at: rarely enough to cost nothing. What it measures holds this as well. */
const delayResolutionMillis = 500;
const nanosPerMillisecond = 1_000_000;

export interface ProcessFigures {
  readonly cpuShare: number;
  readonly residentBytes: number;
  readonly eventLoopLagMillis: { readonly p99: number; readonly max: number };
  readonly requestsPerSecond: number;
}

/** How this process is: what it took since the figures before. One reader takes them regularly; others see the last ones. */
export class ProcessMeter {
  private readonly delay: ReturnType<typeof monitorEventLoopDelay>;
  private lastCpu = process.cpuUsage();
  private lastRequests = metrics.requestCount();
  private lastAt = performance.now();
  private readonly endCollecting: () => void;
  last: ProcessFigures = {
    cpuShare: 0,
    residentBytes: 0,
    eventLoopLagMillis: { p99: 0, max: 0 },
    requestsPerSecond: 0,
  };

  constructor() {
    this.delay = monitorEventLoopDelay({ resolution: delayResolutionMillis });
    this.delay.enable();
    this.endCollecting = metrics.collect('process', () => processFamilies(this.last));
  }

  /** Takes the figures since the call before. */
  take(): ProcessFigures {
    const now = performance.now();
    const seconds = Math.max((now - this.lastAt) / 1_000, 0.001);
    const cpu = process.cpuUsage(this.lastCpu);
    const requests = metrics.requestCount();
    this.last = {
      cpuShare: (cpu.user + cpu.system) / 1_000_000 / seconds,
      residentBytes: process.memoryUsage.rss(),
      eventLoopLagMillis: { p99: lagMillis(this.delay.percentile(99)), max: lagMillis(this.delay.max) },
      requestsPerSecond: (requests - this.lastRequests) / seconds,
    };
    this.lastAt = now;
    this.lastCpu = process.cpuUsage();
    this.lastRequests = requests;
    this.delay.reset();
    return this.last;
  }

  stop(): void {
    this.delay.disable();
    this.endCollecting();
  }
}

/** Nothing was measured when the time since the last reset is shorter than a look: then it is 0. */
const lagMillis = (measuredNanos: number): number =>
  Math.max(0, Math.round((measuredNanos / nanosPerMillisecond - delayResolutionMillis) * 10) / 10);

function processFamilies({ eventLoopLagMillis }: ProcessFigures): Family[] {
  const { user, system } = process.cpuUsage();
  return [
    gauge('process_resident_memory_bytes', 'Resident memory', process.memoryUsage.rss()),
    gauge('process_start_time_seconds', 'Start, in seconds since 1970', Date.now() / 1_000 - process.uptime()),
    {
      name: 'process_cpu_seconds_total',
      help: 'User and system time',
      type: 'counter',
      samples: [{ value: (user + system) / 1_000_000 }],
    },
    {
      name: 'tributary_event_loop_lag_seconds',
      help: 'How late the event loop was in the last second',
      type: 'gauge',
      samples: [
        { labels: { quantile: '0.99' }, value: eventLoopLagMillis.p99 / 1_000 },
        { labels: { quantile: '1' }, value: eventLoopLagMillis.max / 1_000 },
      ],
    },
  ];
}

const gauge = (name: string, help: string, value: number): Family => ({
  name,
  help,
  type: 'gauge',
  samples: [{ value }],
});
