import type { NatsConnection } from '@nats-io/transport-node';
import { ReferenceProcess } from './process.js';

/** The reference for a pin that every member confirms: its messages among bare NATS clients, one process for each, without any work. */
export class BareRounds {
  private constructor(
    private readonly subject: string,
    private readonly processes: readonly ReferenceProcess[],
  ) {}

  static async start(natsUrl: string, members: number): Promise<BareRounds> {
    const subject = `bench.round${members}`;
    const processes = [await ReferenceProcess.start('round', [natsUrl, subject, 'leader', String(members)])];
    for (let count = 0; count < members; count += 1)
      processes.push(await ReferenceProcess.start('round', [natsUrl, subject, 'member']));
    return new BareRounds(subject, processes);
  }

  /** One round: asked, told to all, confirmed by all, granted. */
  async once(connection: NatsConnection): Promise<void> {
    const pin = { id: 'bench.0.1', tags: ['content:1', 'space:BENCH'] };
    await connection.request(`${this.subject}.ask`, JSON.stringify(pin), { timeout: 5_000 });
  }

  async stop(): Promise<void> {
    await Promise.all(this.processes.map((process) => process.stop()));
  }
}
