import { randomInt } from 'node:crypto';
import { createServer, type AddressInfo } from 'node:net';

/** Whether a server may listen there now. Says nothing about a moment later. */
export async function portOwnedByNobody(host: string, port: number): Promise<boolean> {
  return (await tryListen(host, port)) !== undefined;
}

/** A port of that host that is free now: the wanted one if possible, otherwise one that the system chooses. */
export async function freePort(host: string, wanted?: number): Promise<number> {
  const port = (wanted ? await tryListen(host, wanted) : undefined) ?? (await tryListen(host, 0));
  if (port === undefined) throw new Error(`No port is free on ${host}.`);
  return port;
}

/** From here on systems give ports to outgoing connections, which take them at any moment; below lie ports of known services. */
const [runPortMin, runPortMax] = [15_000, 32_000];
const runAttemptsMax = 100;

/** The first of `count` successive ports that are free now, and that no outgoing connection is given a moment later. */
export async function freePortRun(host: string, count: number): Promise<number> {
  for (let attempt = 0; attempt < runAttemptsMax; attempt += 1) {
    const first = randomInt(runPortMin, runPortMax - count);
    const ports = Array.from({ length: count }, (_, index) => first + index);
    const free = await Promise.all(ports.map((port) => portOwnedByNobody(host, port)));
    if (free.every(Boolean)) return first;
  }
  throw new Error(`No ${count} successive ports are free on ${host}.`);
}

async function tryListen(host: string, port: number): Promise<number | undefined> {
  const server = createServer();
  return await new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE' || error.code === 'EACCES') resolve(undefined);
      else reject(error);
    });
    server.listen({ host, port, exclusive: true }, () => {
      const { port: given } = server.address() as AddressInfo;
      server.close(() => resolve(given));
    });
  });
}
