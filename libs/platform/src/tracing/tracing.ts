import type { Logger } from '../logging.js';
import type { ServiceConfig } from '../configuration.js';
import { withDeadline } from '../waiting.js';

/** Spans that are still here when the process ends get so long to leave it. */
const flushMillisMax = 1_000;

export interface SpanDetails {
  /** Few different names: a route, a subject. What varies goes into attributes, and nothing that people wrote. */
  readonly name: string;
  readonly kind: 'server' | 'client' | 'internal';
  /** W3C trace context of who asked, where that was another process; else the span that is under way here is the parent. */
  readonly traceparent?: string | undefined;
  readonly attributes?: Readonly<Record<string, string | number>>;
}

export interface OpenSpan {
  /** For whoever is asked on behalf of it. */
  readonly traceparent: string;
  set(attribute: string, value: string | number): void;
  fail(error: unknown): void;
  end(): void;
  /** What `work` begins, and what follows from it, are parts of this span. */
  run<T>(work: () => T): T;
}

export interface Tracer {
  start(details: SpanDetails): OpenSpan;
  /** Sends what is left. */
  close(): Promise<void>;
}

let current: Tracer | undefined;

/** The process's tracer; undefined while no endpoint is configured, and then nothing of OpenTelemetry is loaded. */
export const tracer = (): Tracer | undefined => current;

/** Traces to the OTLP endpoint of the environment, if there is one (docs/operations: traces). */
export async function startTracing(
  config: Pick<ServiceConfig, 'service' | 'nodeId'>,
  logger: Pick<Logger, 'info'>,
  env: NodeJS.ProcessEnv = process.env,
): Promise<void> {
  const endpoint = env['OTEL_EXPORTER_OTLP_TRACES_ENDPOINT'] || env['OTEL_EXPORTER_OTLP_ENDPOINT'];
  if (!endpoint || env['OTEL_SDK_DISABLED'] === 'true') return;
  const { openTelemetry } = await import('./open-telemetry.js');
  current = openTelemetry(config, env);
  logger.info('traces are sent to the configured endpoint');
}

/** An endpoint that is away keeps no process from ending. */
export async function stopTracing(logger: Pick<Logger, 'warn'>): Promise<void> {
  const ending = current;
  current = undefined;
  try {
    if (ending)
      await withDeadline(ending.close(), flushMillisMax, () => new Error('The endpoint did not take them in time'));
  } catch (error) {
    logger.warn({ err: error }, 'the last traces could not be sent');
  }
}

/** Does `work` in a span, or without one while nothing is traced. */
export function traced<T>(details: SpanDetails, work: (span: OpenSpan | undefined) => Promise<T>): Promise<T> {
  return current ? inSpan(current.start(details), work) : work(undefined);
}

async function inSpan<T>(span: OpenSpan, work: (span: OpenSpan) => Promise<T>): Promise<T> {
  try {
    return await span.run(() => work(span));
  } catch (error) {
    span.fail(error);
    throw error;
  } finally {
    span.end();
  }
}
