import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { metricsMediaType } from './metrics/exposition.js';
import { metrics } from './metrics/metrics.js';

/**
 * Answers `GET /health` of a process that has no HTTP interface of its own: 200 while `ready()` holds, 503 otherwise; and
 * `GET /metrics` with its figures. Says nothing about other processes, and nothing that is secret.
 */
export class HealthServer {
  private constructor(
    private readonly server: Server,
    readonly port: number,
  ) {}

  static async listen(host: string, port: number, ready: () => boolean): Promise<HealthServer> {
    const server = createServer((request, response) => {
      if (request.url === '/metrics') {
        void metrics.text().then((text) => {
          response.writeHead(200, { 'content-type': metricsMediaType, connection: 'close' });
          response.end(text);
        });
        return;
      }
      const found = request.url === '/health';
      const status = !found ? 404 : ready() ? 200 : 503;
      response.writeHead(status, { 'content-type': 'application/json', connection: 'close' });
      response.end(JSON.stringify({ ready: status === 200 }));
    });
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, host, resolve);
    });
    return new HealthServer(server, (server.address() as AddressInfo).port);
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
  }
}
