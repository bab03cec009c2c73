import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { RunningCluster, until } from '@tributary/test-servers';

/** A span as OTLP/HTTP brings it, as JSON. */
interface Span {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly kind: number;
  readonly service: string;
  readonly text: string;
}
interface Exported {
  readonly resourceSpans: readonly {
    readonly resource: { readonly attributes: readonly { key: string; value: { stringValue?: string } }[] };
    readonly scopeSpans: readonly { readonly spans: readonly Omit<Span, 'service' | 'text'>[] }[];
  }[];
}

/** A receiver of traces, as operators have them. */
class Receiver {
  readonly spans: Span[] = [];
  private constructor(private readonly server: Server) {}

  static async listen(): Promise<Receiver> {
    const server = createServer((request, response) => {
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', () => {
        if (request.url === '/v1/traces') receiver.take(JSON.parse(Buffer.concat(parts).toString()) as Exported);
        response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
      });
    });
    const receiver = new Receiver(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return receiver;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  close(): void {
    this.server.closeAllConnections();
    this.server.close();
  }

  private take({ resourceSpans }: Exported): void {
    for (const { resource, scopeSpans } of resourceSpans) {
      const service = resource.attributes.find(({ key }) => key === 'service.name')?.value.stringValue ?? '';
      for (const span of scopeSpans.flatMap(({ spans }) => spans))
        this.spans.push({ ...span, service, text: JSON.stringify(span) });
    }
  }
}

describe('traces', () => {
  let receiver: Receiver;
  let cluster: RunningCluster;

  beforeAll(async () => {
    receiver = await Receiver.listen();
    cluster = await RunningCluster.start(
      {},
      { OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url, OTEL_BSP_SCHEDULE_DELAY: '200' },
    );
    await cluster.call(cluster.url, 'POST', '/rest/api/space', { key: 'TRACE', name: 'Traces' });
  }, 120_000);
  afterAll(async () => {
    await cluster.stop();
    receiver.close();
  }, 60_000);

  /** What came of a request that carries this trace's context, once the span of its answer is there. */
  async function traceOf(number: number, method: string, path: string, body?: unknown): Promise<Span[]> {
    const traceId = String(number).padStart(32, 'a');
    await fetch(`${cluster.url}${path}`, {
      method,
      headers: {
        authorization: cluster.administrator,
        'content-type': 'application/json',
        traceparent: `00-${traceId}-${'b'.repeat(16)}-01`,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const found = () => receiver.spans.filter((span) => span.traceId === traceId);
    await until('the spans of gateway, service and database', async () => {
      const services = new Set(found().map(({ service }) => service));
      return (
        services.has('gateway') &&
        services.has('pages') &&
        found().some(({ parentSpanId }) => parentSpanId === 'b'.repeat(16))
      );
    });
    return found();
  }

  /** From a span up to the one that came from outside, as `service: name`. */
  function wayOf(spans: readonly Span[], last: Span | undefined): string[] {
    const parent = spans.find(({ spanId }) => spanId === last?.parentSpanId);
    return last ? [...(parent ? wayOf(spans, parent) : []), `${last.service}: ${last.name}`] : [];
  }

  it('join what gateway, service and database do for a request', async () => {
    const spans = await traceOf(1, 'GET', '/rest/api/content?spaceKey=TRACE&title=Nothing');
    const statement = spans.find(({ service, text }) => service === 'pages' && text.includes('db.query.text'));
    expect(wayOf(spans, statement)).toEqual([
      'gateway: GET /rest/api/content',
      'gateway: ask pages.content.find',
      'pages: pages.content.find',
      expect.stringMatching(/^pages: (select|with)$/),
    ]);
  });

  it('show where a write waits, and nothing of what people wrote', async () => {
    const page = { type: 'page', title: 'Highly secret', space: { key: 'TRACE' } };
    const spans = await traceOf(2, 'POST', '/rest/api/content', page);
    const names = spans.filter(({ service }) => service === 'pages').map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['pages.content.create', 'pin', 'commit']));
    for (const name of ['pin', 'commit'])
      expect(
        wayOf(
          spans,
          spans.find((span) => span.name === name),
        ).slice(0, 3),
      ).toEqual([
        'gateway: POST /rest/api/content',
        'gateway: ask pages.content.create',
        'pages: pages.content.create',
      ]);
    expect(receiver.spans.filter(({ text }) => text.includes('Highly secret'))).toEqual([]);
  });
});
