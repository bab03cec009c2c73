import { until } from '@tributary/test-servers';
import type { Fault } from './faults.js';
import type { NamespacedCluster } from './namespaced-cluster.js';
import type { NatsServer } from './nats-servers.js';
import type { NodeProcess } from './node-process.js';

/** Longer than JetStream takes to choose another leader of a stream, which is 4 to 9 s. */
const oneServerMillis = 12_000;
const allServersMillis = 2_000;

/** Done to the nats-server that a node is connected to; two are left. */
const oneOfThree: readonly Fault[] = [
  {
    name: 'loses its nats-server',
    millis: oneServerMillis,
    async begin(cluster, node) {
      const server = await serverOf(cluster, node);
      await server.kill();
      return () => cluster.nats.start(server);
    },
  },
  {
    name: 'has its nats-server cut off',
    millis: oneServerMillis,
    async begin(cluster, node) {
      const server = await serverOf(cluster, node);
      return await server.host.suffer({ cut: 'both', seed: 1 }, cluster.wireProgram);
    },
  },
  {
    name: 'has its nats-server without room on its disk',
    millis: oneServerMillis,
    async begin(cluster, node) {
      const server = await serverOf(cluster, node);
      await server.fillDisk();
      return () => makeRoom(cluster, server);
    },
  },
];

const ofAll: readonly Fault[] = [
  {
    name: 'all nats-servers restart',
    millis: allServersMillis,
    stopsAll: true,
    async begin(cluster) {
      await Promise.all(cluster.nats.servers.map((server) => server.stop()));
      return () => forEach(cluster.nats.servers, (server) => cluster.nats.start(server));
    },
  },
  {
    name: 'all nats-servers are killed',
    millis: allServersMillis,
    stopsAll: true,
    async begin(cluster) {
      await Promise.all(cluster.nats.servers.map((server) => server.kill()));
      return () => forEach(cluster.nats.servers, (server) => cluster.nats.start(server));
    },
  },
  {
    name: 'no nats-server has room on its disk',
    millis: oneServerMillis,
    stopsAll: true,
    async begin(cluster) {
      await forEach(cluster.nats.servers, (server) => server.fillDisk());
      return () => forEach(cluster.nats.servers, (server) => makeRoom(cluster, server));
    },
  },
  {
    // Over due times of the ticker's job: each of them has its effect once nevertheless.
    name: 'all coordinators are killed',
    millis: allServersMillis,
    stopsAll: true,
    async begin(cluster) {
      const coordinators = cluster.nodesOf('cluster-coordinator');
      await forEach(coordinators, (node) => node.kill());
      return () => forEach(coordinators, (node) => node.start());
    },
  },
  {
    name: 'PostgreSQL restarts',
    millis: allServersMillis,
    stopsAll: true,
    async begin(cluster) {
      await cluster.stopDatabase('fast');
      return () => cluster.startDatabase();
    },
  },
  {
    name: 'PostgreSQL is killed',
    millis: allServersMillis,
    stopsAll: true,
    async begin(cluster) {
      await cluster.stopDatabase('kill');
      return () => cluster.startDatabase();
    },
  },
];

export const serverFaults = { oneOfThree, ofAll };

async function serverOf(cluster: NamespacedCluster, { host, nodeId }: NodeProcess): Promise<NatsServer> {
  let server: NatsServer | undefined;
  await until(`${nodeId} to be connected to NATS`, async () => {
    server = await cluster.nats.serverOf(host);
    return server !== undefined;
  });
  return server as NatsServer;
}

/** A nats-server that found its disk full keeps JetStream off until it is started again. */
async function makeRoom(cluster: NamespacedCluster, server: NatsServer): Promise<void> {
  await server.clearDisk();
  await server.stop();
  await cluster.nats.start(server);
}

async function forEach<T>(each: readonly T[], act: (one: T) => Promise<void>): Promise<void> {
  await Promise.all(each.map(act));
}
