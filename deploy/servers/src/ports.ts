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
