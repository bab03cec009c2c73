/** The reference for round trips: answers requests on a subject with what they carry. Its arguments are servers and subject. */
import { connect } from '@nats-io/transport-node';
import { natsAddress } from '@tributary/messaging';

const [url = '', subject = ''] = process.argv.slice(2);
const connection = await connect(natsAddress(url));
connection.subscribe(subject, { callback: (error, message) => void (error ?? message.respond(message.data)) });
await connection.flush();
process.send?.('ready');
process.on('disconnect', () => process.exit(0));
