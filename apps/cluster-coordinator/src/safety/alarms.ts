import { Injectable } from '@nestjs/common';
import { encodeMessage } from '@tributary/cluster';
import { administration } from '@tributary/contracts';
import { Reads, Writes } from '@tributary/database';
import { ServiceContext } from '@tributary/service';

/** What must not be, told to people: the log, whoever watches the cluster's events now, and the last ones for whoever looks later. */
@Injectable()
export class Alarms {
  constructor(
    private readonly reads: Reads,
    private readonly writes: Writes,
    private readonly context: ServiceContext,
  ) {}

  /** Never throws. Not promised: that it is kept; a database that another cluster has is left alone. */
  async raise(kind: administration.Alarm['kind'], text: string): Promise<void> {
    const { connection, config, logger } = this.context;
    const alarm: administration.Alarm = {
      kind,
      nodeId: config.nodeId,
      text: text.slice(0, administration.alarmTextMax),
    };
    logger.error({ alarm }, alarm.text);
    if (!connection.isClosed()) connection.publish(administration.alarmSubject, encodeMessage(alarm));
    await this.keep(alarm).catch((error: unknown) => logger.warn({ err: error }, 'an alarm could not be kept'));
  }

  /** Newest first. */
  async last(): Promise<administration.RaisedAlarm[]> {
    const rows = await this.reads.query<Omit<administration.RaisedAlarm, 'at'> & { at: Date }>(
      `select id::text, at, kind, node_id as "nodeId", text from cluster.alarm order by alarm.id desc limit $1`,
      [administration.alarmsMax],
    );
    return rows.map((row) => ({ ...row, at: row.at.toISOString() }));
  }

  private async keep({ kind, nodeId, text }: administration.Alarm): Promise<void> {
    await this.writes.run(async (work) => {
      await work.query(`insert into cluster.alarm (kind, node_id, text) values ($1, $2, $3)`, [kind, nodeId, text]);
      await work.query(
        `delete from cluster.alarm where id <= (select id from cluster.alarm order by id desc offset $1 limit 1)`,
        [administration.alarmsMax],
      );
    });
  }
}
