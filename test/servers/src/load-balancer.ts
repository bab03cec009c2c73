import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePortRun, ServerProcess } from '@tributary/servers';
import { findDebianProgram } from './debian-program.js';

const configurations = fileURLToPath(new URL('../../../deploy/loadbalancer/', import.meta.url));
const startMillisMax = 10_000;

/** Where it listens, and the two gateways behind it, each `HOST:PORT`. */
interface Addresses {
  readonly listen: string;
  readonly first: string;
  readonly second: string;
}

/** A load balancer before two gateways, with the configuration that operators are given. */
export class LoadBalancer {
  private constructor(
    readonly url: string,
    private readonly server: ServerProcess,
    private readonly folder: string,
  ) {}

  /** `gateways` are the URLs of the two that requests go to; its log lies in `folder`. */
  static async start(
    kind: 'haproxy' | 'nginx',
    [first = '', second = '']: readonly string[],
    folder: string,
  ): Promise<LoadBalancer> {
    const listen = `127.0.0.1:${await freePortRun('127.0.0.1', 1)}`;
    const addresses = { listen, first: new URL(first).host, second: new URL(second).host };
    const program = await findDebianProgram(kind);
    const { args, env } = kind === 'haproxy' ? haproxy(addresses) : await nginx(addresses, folder);
    const server = await ServerProcess.spawn({
      name: kind,
      command: program.path,
      args,
      env: { ...process.env, ...program.env, ...env },
      logFile: join(folder, `${kind}.log`),
      stopSignal: 'SIGTERM',
      stopWithStarter: 'guard',
    });
    const balancer = new LoadBalancer(`http://${listen}`, server, folder);
    await server.ready(() => balancer.answers(), startMillisMax);
    return balancer;
  }

  /** As operators take a gateway out of nginx: its line is marked `down`, and nginx reads its file again. */
  async takeOut(gateway: string): Promise<void> {
    const file = join(this.folder, 'nginx.conf');
    const line = `server ${new URL(gateway).host}`;
    await writeFile(file, (await readFile(file, 'utf8')).replace(line, `${line} down`));
    this.server.signal('SIGHUP');
  }

  async stop(): Promise<void> {
    await this.server.stop();
  }

  private answers(): Promise<boolean> {
    return fetch(`${this.url}/status`).then(
      ({ ok }) => ok,
      () => false,
    );
  }
}

/** haproxy reads its addresses from the environment. */
function haproxy({ listen, first, second }: Addresses): { args: string[]; env: Record<string, string> } {
  return {
    args: ['-db', '-f', join(configurations, 'haproxy.cfg')],
    env: { TRIBUTARY_LISTEN: listen, TRIBUTARY_GATEWAY_1: first, TRIBUTARY_GATEWAY_2: second },
  };
}

/** nginx can't: the file's addresses are replaced in a copy. What else it writes goes to `folder`. */
async function nginx(
  { listen, first, second }: Addresses,
  folder: string,
): Promise<{ args: string[]; env: Record<string, string> }> {
  const source = await readFile(join(configurations, 'nginx.conf'), 'utf8');
  const copy = source
    .replace('127.0.0.1:8080', listen)
    .replace('127.0.0.1:8090', first)
    .replace('127.0.0.1:8091', second);
  const file = join(folder, 'nginx.conf');
  await writeFile(file, copy);
  // Its own folder for everything that it would write where it was installed.
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (name) => `${name}_temp_path ${join(folder, name)};`,
  );
  await writeFile(file, copy.replace('http {', `http {\n    access_log off;\n    ${temporary.join('\n    ')}\n`));
  const directives = `daemon off; pid ${join(folder, 'nginx.pid')}; error_log stderr;`;
  return { args: ['-c', file, '-p', folder, '-g', directives], env: {} };
}
