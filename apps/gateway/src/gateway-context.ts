import type { ClusterEvent } from '@tributary/cluster';
import type { administration } from '@tributary/contracts';
import type { ObjectStore } from '@tributary/object-store';
import type { Logger, ServiceConfig } from '@tributary/platform';

/** What of the process every route may need. */
export class GatewayContext {
  /** Set when the gateway is about to go: load balancers are told to send nothing more. */
  draining = false;

  constructor(
    readonly config: ServiceConfig,
    readonly logger: Logger,
    readonly files: ObjectStore | undefined,
    /** Whether NATS can be reached at this moment. */
    readonly isConnected: () => boolean,
    /** What happens in the cluster from now on; see `watchCluster` of libs/cluster. */
    readonly watchCluster: (known: administration.ClusterNode[], signal: AbortSignal) => AsyncIterable<ClusterEvent[]>,
    /** Contents that change from now on, until the returned function is called. Not promised: that each is heard of. */
    readonly hearChanges: (listener: (ids: readonly string[]) => void) => () => void,
  ) {}
}
