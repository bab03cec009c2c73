import { freePortRun, ServerProcess } from '@tributary/servers';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findHaproxy } from './haproxy-program.js';

const configuration = fileURLToPath(new URL('../../../deploy/loadbalancer/haproxy.cfg', import.meta.url));
const startMillisMax = 10_000;

/** haproxy before two gateways, with the configuration that operators are given. */
export class LoadBalancer {
  private constructor(
    readonly url: string,
    private readonly process: ServerProcess,
    private readonly logFile: string,
  ) {}

  /** `gateways` are the URLs of the two that requests go to; its log lies in `folder`. */
  static async start([first = '', second = '']: readonly string[], folder: string): Promise<LoadBalancer> {
    const program = await findHaproxy();
    const listen = `127.0.0.1:${await freePortRun('127.0.0.1', 1)}`;
    const addresses = {
      TRIBUTARY_LISTEN: listen,
      TRIBUTARY_GATEWAY_1: new URL(first).host,
      TRIBUTARY_GATEWAY_2: new URL(second).host,
    };
    const logFile = join(folder, 'haproxy.log');
    const process_ = await ServerProcess.spawn({
      name: 'haproxy',
      command: program.path,
      args: ['-db', '-f', configuration],
      env: { ...process.env, ...program.env, ...addresses },
      logFile,
      stopSignal: 'SIGTERM',
      stopWithStarter: 'guard',
    });
    const balancer = new LoadBalancer(`http://${listen}`, process_, logFile);
    await process_.ready(() => balancer.answers(), startMillisMax);
    return balancer;
  }

  /** What haproxy said of its servers: when they went and came back. */
  async log(): Promise<string> {
    return await readFile(this.logFile, 'utf8');
  }

  async stop(): Promise<void> {
    await this.process.stop();
  }

  private answers(): Promise<boolean> {
    return fetch(`${this.url}/status`).then(
      ({ ok }) => ok,
      () => false,
    );
  }
}
