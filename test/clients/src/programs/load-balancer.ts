import { findDebianProgram } from '@tributary/test-servers';
import { freePortRun, ServerProcess } from '@tributary/servers';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const configuration = fileURLToPath(new URL('../../../../deploy/loadbalancer/haproxy.cfg', import.meta.url));
const startMillisMax = 10_000;

/** haproxy before two gateways, with the configuration that operators are given. */
export class LoadBalancer {
  private constructor(
    readonly url: string,
    private readonly server: ServerProcess,
  ) {}

  /** `gateways` are the URLs of the two that requests go to; its log lies in `folder`. */
  static async start([first = '', second = '']: readonly string[], folder: string): Promise<LoadBalancer> {
    const program = await findDebianProgram('haproxy');
    const listen = `127.0.0.1:${await freePortRun('127.0.0.1', 1)}`;
    const addresses = {
      TRIBUTARY_LISTEN: listen,
      TRIBUTARY_GATEWAY_1: new URL(first).host,
      TRIBUTARY_GATEWAY_2: new URL(second).host,
    };
    const server = await ServerProcess.spawn({
      name: 'haproxy',
      command: program.path,
      args: ['-db', '-f', configuration],
      env: { ...process.env, ...program.env, ...addresses },
      logFile: join(folder, 'haproxy.log'),
      stopSignal: 'SIGTERM',
      stopWithStarter: 'guard',
    });
    const balancer = new LoadBalancer(`http://${listen}`, server);
    await server.ready(() => balancer.answers(), startMillisMax);
    return balancer;
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
