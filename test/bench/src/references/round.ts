/**
 * The reference for a pin that all members confirm to its writer: a leader, or one of the members, with nothing but the messages. Its
 * arguments are servers, what its subjects begin with, role, members.
 */
import { connect, type Msg } from '@nats-io/transport-node';
import { natsAddress } from '@tributary/messaging';

const [url = '', prefix = '', role = '', members = '0'] = process.argv.slice(2);
const connection = await connect(natsAddress(url));
const on = (subject: string, take: (message: Msg) => void) =>
  connection.subscribe(subject, { callback: (error, message) => void (error ?? take(message)) });

if (role === 'leader') {
  let round = 0;
  const incarnations = Array.from({ length: Number(members) }, (_, index) => index);
  on(`${prefix}.ask`, (message) => {
    const { nodeId, ...pin } = message.json<{ nodeId: string }>();
    const pinned = { round: (round += 1), token: 1, pins: [pin], confirmTo: { nodeId, incarnations } };
    connection.publish(`${prefix}.pinned`, JSON.stringify(pinned));
  });
} else {
  on(`${prefix}.pinned`, (message) => {
    const { round, confirmTo } = message.json<{ round: number; confirmTo: { nodeId: string } }>();
    const confirmation = { round, token: 1, incarnation: 1, of: Number(members), ids: ['bench.0.1'] };
    connection.publish(confirmTo.nodeId, JSON.stringify(confirmation));
  });
}
await connection.flush();
process.send?.('ready');
process.on('disconnect', () => process.exit(0));
