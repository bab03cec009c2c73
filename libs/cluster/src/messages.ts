import type { Msg } from '@nats-io/transport-node';

const encoder = new TextEncoder();

/** The cluster's own messages are JSON whose types `contracts/cluster` names; only processes of the cluster send them. */
export const encodeMessage = <T>(message: T): Uint8Array => encoder.encode(JSON.stringify(message));
export const decodeMessage = <T>(message: Msg): T => message.json<T>();
