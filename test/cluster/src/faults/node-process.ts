import { fileURLToPath } from 'node:url';
import { ServerProcess } from '@tributary/servers';
import { Outages } from '../unanswered.js';
import type { Host } from './network.js';
import type { WallClock } from './wall-clock.js';

const root = fileURLToPath(new URL('../../../..', import.meta.url));
const startMillisMax = 60_000;
const probeMillisMax = 2_000;
const gatewayPort = 8090;
const healthPort = 8080;

/** Programs of the cluster; `ticker` is a service whose job has an effect that can be counted. */
const programs = {
  gateway: 'apps/gateway/dist/main.js',
  pages: 'apps/pages/dist/main.js',
  identity: 'apps/identity/dist/main.js',
  'cluster-coordinator': 'apps/cluster-coordinator/dist/main.js',
  ticker: 'apps/cluster-coordinator/src/jobs/fixtures/owner.mjs',
} as const;
export type Program = keyof typeof programs;

/** One process of the cluster on a host of its own: what a container would run. */
export class NodeProcess {
  /** When it was killed or paused. */
  readonly outages = new Outages();
  private process: ServerProcess | undefined;

  constructor(
    readonly program: Program,
    readonly nodeId: string,
    readonly host: Host,
    readonly logFile: string,
    private readonly env: Readonly<Record<string, string>>,
    readonly clock: WallClock,
  ) {}

  /** Where clients reach a gateway. */
  get url(): string {
    return `http://${this.host.frontAddress}:${gatewayPort}`;
  }

  /** Starts it and waits until it does its work. */
  async start(): Promise<void> {
    const isGateway = this.program === 'gateway';
    const [command, ...within] = this.host.within;
    this.process = await ServerProcess.spawn({
      name: this.nodeId,
      command,
      args: [...within, process.execPath, `${root}/${programs[this.program]}`],
      env: {
        ...process.env,
        ...this.env,
        ...this.clock.env,
        TRIBUTARY_NODE_ID: this.nodeId,
        // Clients come by another network than the cluster's.
        TRIBUTARY_HOST: isGateway ? '0.0.0.0' : this.host.address,
        TRIBUTARY_PORT: String(isGateway ? gatewayPort : healthPort),
        TRIBUTARY_STOP_WITH_STDIN: '1',
      },
      logFile: this.logFile,
      stopWithStarter: 'stdin',
    });
    const probe = isGateway ? `${this.url}/status` : `http://${this.host.address}:${healthPort}/health`;
    await this.process.ready(() => answersOk(probe), startMillisMax);
    this.outages.end();
  }

  signal(signal: NodeJS.Signals): void {
    if (!this.process?.running) throw new Error(`${this.nodeId} doesn't run: its log is ${this.logFile}`);
    if (signal === 'SIGSTOP' || signal === 'SIGKILL') this.outages.begin();
    this.process.signal(signal);
    if (signal === 'SIGCONT') this.outages.end();
  }

  /** Whether it ended without having been told to. */
  get isDead(): boolean {
    return this.process?.running === false;
  }

  async kill(): Promise<void> {
    this.signal('SIGKILL');
    await this.process?.exited;
  }

  async stop(): Promise<void> {
    await this.process?.stop();
  }
}

async function answersOk(url: string): Promise<boolean> {
  return await fetch(url, { signal: AbortSignal.timeout(probeMillisMax) }).then(
    ({ ok }) => ok,
    () => false,
  );
}
