/**
 * The reference for a pin that all members confirm: a leader, or one of the members, with nothing but the messages. Its arguments are servers,
 * what its subjects begin with, role, members.
 */
import { connect, type Msg } from '@nats-io/transport-node';
import { natsAddress } from '@tributary/messaging';

const [url = '', prefix = '', role = '', members = '0'] = process.argv.slice(2);
const connection = await connect(natsAddress(url));
const on = (subject: string, take: (message: Msg) => void) =>
  connection.subscribe(subject, { callback: (error, message) => void (error ?? take(message)) });

if (role === 'leader') {
  let round = 0;
  const waiting = new Map<number, { left: number; asked: Msg }>();
  on(`${prefix}.ask`, (asked) => {
    waiting.set((round += 1), { left: Number(members), asked });
    connection.publish(`${prefix}.pinned`, JSON.stringify({ round, token: 1, pins: [asked.json()] }));
  });
  on(`${prefix}.confirmed`, (message) => {
    const { round: confirmed } = message.json<{ round: number }>();
    const one = waiting.get(confirmed);
    if (!one || (one.left -= 1) > 0) return;
    waiting.delete(confirmed);
    one.asked.respond(JSON.stringify({ token: 1, round: confirmed }));
  });
} else {
  on(`${prefix}.pinned`, (message) => {
    const { round } = message.json<{ round: number }>();
    connection.publish(`${prefix}.confirmed`, JSON.stringify({ round, token: 1, incarnation: 1, nodeId: 'bench' }));
  });
}
await connection.flush();
process.send?.('ready');
process.on('disconnect', () => process.exit(0));
