import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';

/** A cable to a TCP server. While it is silent it takes what is sent and carries nothing, as if the server's host had vanished. */
export class SilentWire {
  private isSilent = false;
  private readonly sockets = new Set<Socket>();

  private constructor(
    private readonly server: Server,
    readonly url: string,
  ) {}

  /** `url` is the server's; the wire's own differs in host and port. */
  static async open(url: string): Promise<SilentWire> {
    const target = new URL(url);
    const server = createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as { port: number };
    const own = new URL(url);
    own.hostname = '127.0.0.1';
    own.port = String(port);
    const wire = new SilentWire(server, own.href);
    server.on('connection', (near) => wire.carry(near, connect(Number(target.port), target.hostname)));
    return wire;
  }

  fallSilent(): void {
    this.isSilent = true;
  }

  /** Carries new connections again. What was sent in the silence is lost. */
  speak(): void {
    this.isSilent = false;
  }

  async close(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    this.server.close();
    await once(this.server, 'close');
  }

  private carry(near: Socket, far: Socket): void {
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      this.sockets.add(from);
      from.on('data', (data) => this.isSilent || to.write(data));
      from.on('error', () => undefined);
      from.on('close', () => {
        this.sockets.delete(from);
        // The end of a connection is something that a cable carries, too.
        if (!this.isSilent) to.destroy();
      });
    }
  }
}
