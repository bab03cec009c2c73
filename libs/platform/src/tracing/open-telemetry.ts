import { AsyncLocalStorage } from 'node:async_hooks';
import {
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
  type Context,
  type Span,
  type SpanContext,
} from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { defaultResource, detectResources, envDetector, resourceFromAttributes } from '@opentelemetry/resources';
import {
  BatchSpanProcessor,
  ParentBasedSampler,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from '@opentelemetry/sdk-trace';
import type { ServiceConfig } from '../configuration.js';
import { version } from '../version.js';
import type { OpenSpan, SpanDetails, Tracer } from './tracing.js';

/** How long spans are collected before they are sent, as in OpenTelemetry's own default. */
const batchMillisDefault = 5_000;

const kinds = { server: SpanKind.SERVER, client: SpanKind.CLIENT, internal: SpanKind.INTERNAL } as const;

/** Loaded only when traces are wanted: this file is the only one that knows OpenTelemetry. */
export function openTelemetry(config: Pick<ServiceConfig, 'service' | 'nodeId'>, env: NodeJS.ProcessEnv): Tracer {
  const processor = new BatchSpanProcessor({
    // Endpoint, headers and time limits are its own variables of the environment.
    exporter: new OTLPTraceExporter(),
    scheduledDelayMillis: numberOf(env['OTEL_BSP_SCHEDULE_DELAY'], batchMillisDefault),
  });
  const provider = new TracerProvider({
    resource: defaultResource()
      .merge(
        resourceFromAttributes({
          'service.namespace': 'tributary',
          'service.name': config.service,
          'service.instance.id': config.nodeId,
          'service.version': version,
        }),
      )
      .merge(detectResources({ detectors: [envDetector] })),
    sampler: new ParentBasedSampler({
      root: new TraceIdRatioBasedSampler(numberOf(env['OTEL_TRACES_SAMPLER_ARG'], 1)),
    }),
    spanProcessors: [processor],
  });
  const spans = provider.getTracer('tributary', version);
  const active = new AsyncLocalStorage<Context>();
  return {
    start({ name, kind, traceparent, attributes = {} }: SpanDetails): OpenSpan {
      const parent = remoteContext(traceparent) ?? active.getStore() ?? ROOT_CONTEXT;
      const span = spans.startSpan(name, { kind: kinds[kind], attributes }, parent);
      return openSpan(span, parent, active);
    },
    close: () => provider.shutdown(),
  };
}

function openSpan(span: Span, parent: Context, active: AsyncLocalStorage<Context>): OpenSpan {
  const own = trace.setSpan(parent, span);
  return {
    traceparent: traceparentOf(span.spanContext()),
    set: (attribute, value) => void span.setAttribute(attribute, value),
    fail(error) {
      // The kind of the error only: its message may hold what a person wrote.
      span.setAttribute('error.type', errorTypeOf(error));
      span.setStatus({ code: SpanStatusCode.ERROR });
    },
    end: () => span.end(),
    run: (work) => active.run(own, work),
  };
}

const traceparentOf = ({ traceId, spanId, traceFlags }: SpanContext): string =>
  `00-${traceId}-${spanId}-${traceFlags.toString(16).padStart(2, '0')}`;

function remoteContext(traceparent: string | undefined): Context | undefined {
  const parts = /^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/.exec(traceparent ?? '');
  if (!parts) return undefined;
  const [, traceId = '', spanId = '', flags = ''] = parts;
  return trace.setSpanContext(ROOT_CONTEXT, {
    traceId,
    spanId,
    traceFlags: Number.parseInt(flags, 16),
    isRemote: true,
  });
}

function errorTypeOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
}

const numberOf = (text: string | undefined, fallback: number): number => {
  const value = Number(text || fallback);
  return Number.isFinite(value) && value >= 0 ? value : fallback;
};
