import type { NatsConnection, Subscription } from '@nats-io/transport-node';
import { withDeadline } from '@tributary/platform';
import { ReferenceProcess } from './process.js';

const roundMillisMax = 5_000;

/** The reference for a pin that every member confirms to its writer: its messages among bare NATS clients, one process for each, without any work. */
export class BareRounds {
  private confirmed = 0;
  private readonly inbox: string;
  private readonly subscription: Subscription;
  private complete: () => void = () => undefined;

  private constructor(
    private readonly connection: NatsConnection,
    private readonly subject: string,
    private readonly members: number,
    private readonly processes: readonly ReferenceProcess[],
  ) {
    this.inbox = `${subject}.confirmed`;
    this.subscription = connection.subscribe(this.inbox, {
      callback: (error, message) => {
        if (error) throw error;
        message.json();
        this.confirmed += 1;
        if (this.confirmed === this.members) this.complete();
      },
    });
  }

  static async start(connection: NatsConnection, natsUrl: string, members: number): Promise<BareRounds> {
    const subject = `bench.round${members}`;
    const start = (role: string) => ReferenceProcess.start('round', [natsUrl, subject, role, String(members)]);
    const processes = [await start('leader')];
    for (let count = 0; count < members; count += 1) processes.push(await start('member'));
    return new BareRounds(connection, subject, members, processes);
  }

  /** One round: asked, told to all, confirmed by all. */
  async once(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.confirmed = 0;
    this.complete = resolve;
    const pin = { id: 'bench.0.1', tags: ['content:1', 'space:BENCH'], nodeId: this.inbox };
    this.connection.publish(`${this.subject}.ask`, JSON.stringify(pin));
    await withDeadline(promise, roundMillisMax, () => new Error('A round of bare messages was not confirmed'));
  }

  async stop(): Promise<void> {
    this.subscription.unsubscribe();
    await Promise.all(this.processes.map((process) => process.stop()));
  }
}
