import { backoffMillis, sleep, version } from '@tributary/platform';
import type { NodeEntry, NodeState } from './data-folder.js';
import type { Launched } from './launchers.js';
import { OperatorError, sentence } from './operator-error.js';

/** The first start also runs migrations, on a machine that may be busy. */
const startMillisMax = 90_000;
/** Pause before a process that crashed is started again; it doubles while it goes on crashing. */
const restartBaseMillis = 500;
const restartMillisMax = 30_000;
/** After so long the next crash is a new story. */
const steadyMillis = 60_000;

export interface ManagedNodeParts {
  readonly service: string;
  readonly nodeId: string;
  readonly launch: () => Promise<Launched>;
  /** Something about its entry changed. */
  readonly changed: () => void;
  /** It ended in order without the supervisor's word: an administrator removed it. Without this such an end is a crash. */
  readonly left?: () => void;
  readonly say: (text: string) => void;
  readonly logFile: string;
}

/**
 * One process of the cluster and what becomes of it: started, ready, started again with growing pauses whenever it ends without
 * having been asked to, until it is stopped by command or removed by an administrator. Does not promise that it answers: a process that hangs is the operator's.
 */
export class ManagedNode {
  private state: NodeState = 'starting';
  private launched: Launched | undefined;
  private launching: Promise<void> | undefined;
  private startedAt = new Date();
  private readonly ending = new AbortController();

  constructor(readonly parts: ManagedNodeParts) {}

  /** Undefined until its first process exists. */
  get entry(): NodeEntry | undefined {
    if (!this.launched) return undefined;
    const { service, nodeId } = this.parts;
    const { process, url } = this.launched;
    return {
      service,
      nodeId,
      pid: process.pid,
      url,
      state: this.state,
      version,
      startedAt: this.startedAt.toISOString(),
    };
  }

  /** Resolves when it is ready. When it doesn't become ready it is ended, and the reason thrown. */
  async start(): Promise<void> {
    try {
      await this.launchOnce(startMillisMax);
    } catch (error) {
      await this.stop(0, true);
      throw new OperatorError(sentence(error), { cause: error });
    }
    void this.keepRunning();
  }

  /** Tells it to leave load balancers and members while it still answers. */
  drain(): void {
    if (this.state !== 'running')
      throw new OperatorError(`${this.parts.nodeId} is ${this.state}; only a running node drains.`);
    this.launched?.process.signal('SIGUSR2');
    this.become('draining');
  }

  /** Ends it for good, in order or at once; resolves when it is gone. */
  async stop(deadlineMillis: number, kill = false): Promise<void> {
    this.ending.abort();
    this.become('stopping');
    await this.launching?.catch(() => undefined);
    const process = this.launched?.process;
    if (kill) process?.signal('SIGKILL');
    await process?.stop(deadlineMillis);
  }

  private async launchOnce(deadlineMillis: number): Promise<void> {
    this.become('starting');
    this.startedAt = new Date();
    const launching = this.parts.launch().then((launched) => {
      this.launched = launched;
    });
    this.launching = launching;
    await launching;
    if (this.ending.signal.aborted) throw new OperatorError(`${this.parts.nodeId} was stopped while it started.`);
    this.parts.changed();
    await this.launched?.ready(deadlineMillis);
    if (this.state === 'starting') this.become('running');
  }

  private async keepRunning(): Promise<void> {
    for (let crashes = 0; ; crashes += 1) {
      const since = performance.now();
      const exit = await this.launched?.process.exited;
      if (this.ending.signal.aborted) return;
      if (exit?.code === 0 && this.parts.left) {
        this.parts.say(`${this.parts.nodeId} was removed from the cluster; "tributary add" starts another one`);
        this.parts.left();
        return;
      }
      if (performance.now() - since > steadyMillis) crashes = 0;
      this.become('failed');
      const how = exit?.signal ?? `exit code ${exit?.code}`;
      this.parts.say(
        `${this.parts.nodeId} ended by itself (${how}) and is started again; its log is ${this.parts.logFile}`,
      );
      if (!(await this.restart(crashes))) return;
    }
  }

  /** True when a process exists again, ready or ended anew; false when the node was stopped meanwhile. */
  private async restart(crashes: number): Promise<boolean> {
    for (let attempt = crashes; ; attempt += 1) {
      try {
        // Half of the pause is certain: full jitter could be none at all.
        await sleep(
          restartBaseMillis + backoffMillis(attempt, restartBaseMillis, restartMillisMax),
          this.ending.signal,
        );
        await this.launchOnce(Infinity);
        this.parts.say(`${this.parts.nodeId} runs again`);
        return true;
      } catch (error) {
        if (this.ending.signal.aborted) return false;
        this.become('failed');
        this.parts.say(`${this.parts.nodeId} did not start: ${sentence(error)}`);
      }
    }
  }

  private become(state: NodeState): void {
    this.state = state;
    this.parts.changed();
  }
}
