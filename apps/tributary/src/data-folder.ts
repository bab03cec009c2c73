import { randomBytes } from 'node:crypto';
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  statfsSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { OperatorError, sentence } from './operator-error.js';

/** PostgreSQL and JetStream reserve some hundred megabytes before the first page is written. */
const freeBytesMin = 500 * 1024 * 1024;

/** One process of the cluster as `tributary nodes --json` and `cluster.json` show it. */
export interface NodeEntry {
  readonly service: string;
  readonly nodeId: string;
  readonly pid: number;
  readonly url: string;
  readonly state: NodeState;
  readonly version: string;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
}

/** `failed`: it ended without being asked to, and is started again after a pause. */
export type NodeState = 'starting' | 'running' | 'draining' | 'stopping' | 'failed';

/** Ports that servers had last time, so that they have them again. */
export interface RememberedPorts {
  readonly postgres?: number;
  readonly nats?: number;
}

/**
 * The folder that holds all of a cluster's state: database, streams, files, secrets, logs. Secrets are readable by the operator
 * only; nothing else in the folder says more than the logs do.
 */
export class DataFolder {
  readonly logs: string;
  readonly objects: string;

  readonly path: string;

  constructor(path: string) {
    this.path = resolve(path);
    this.logs = join(this.path, 'logs');
    this.objects = join(this.path, 'objects');
  }

  /** Creates it where needed. Throws when it can't be written or its disk is nearly full. */
  prepare(freeBytesNeeded = freeBytesMin): void {
    try {
      // Not 0700: PostgreSQL, which doesn't run as root, has to pass through.
      for (const folder of [this.path, this.logs, this.objects]) makeFolder(folder);
      accessSync(this.path, constants.W_OK);
    } catch (error) {
      throw new OperatorError(`The data folder ${this.path} can't be written: ${sentence(error)}.`, { cause: error });
    }
    const { bavail, bsize } = statfsSync(this.path);
    if (bavail * bsize < freeBytesNeeded) {
      throw new OperatorError(
        `The disk of the data folder ${this.path} has ${megabytes(bavail * bsize)} MB free; at least ${megabytes(freeBytesNeeded)} MB are needed.`,
      );
    }
  }

  file(name: string): string {
    return join(this.path, name);
  }

  logFile(nodeId: string): string {
    return join(this.logs, `${nodeId}.log`);
  }

  has(name: string): boolean {
    return existsSync(this.file(name));
  }

  /** A secret of the cluster: the given value, the one remembered, or a new one. Says whether it is new. */
  secret(
    name: string,
    given: string | undefined,
    make: () => string,
  ): { readonly value: string; readonly made: boolean } {
    const file = this.file(name);
    const remembered = existsSync(file) ? readFileSync(file, 'utf8').trim() : undefined;
    const value = given ?? remembered ?? make();
    if (value !== remembered) replaceFile(file, `${value}\n`, 0o600);
    return { value, made: !given && !remembered };
  }

  ports(): RememberedPorts {
    return readJson<RememberedPorts>(this.file('ports.json')) ?? {};
  }

  rememberPorts(ports: RememberedPorts): void {
    replaceFile(this.file('ports.json'), JSON.stringify({ ...this.ports(), ...ports }));
  }

  nodes(): readonly NodeEntry[] {
    return readJson<NodeEntry[]>(this.file('cluster.json')) ?? [];
  }

  /** With passwords, for an operator's own tools; readable by the operator only. */
  writeServers(servers: { readonly databaseUrl: string; readonly natsUrl: string }): void {
    replaceFile(this.file('servers.json'), `${JSON.stringify(servers, null, 2)}\n`, 0o600);
  }

  writeNodes(nodes: readonly NodeEntry[]): void {
    replaceFile(this.file('cluster.json'), `${JSON.stringify(nodes, null, 2)}\n`);
  }
}

/** Random and easy to type: letters and digits without look-alikes; 20 of them are more than 110 bits. */
export function makePassword(): string {
  const letters = 'abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789';
  let password = '';
  while (password.length < 20) {
    // Bytes beyond a whole number of alphabets would favour its beginning.
    const index = randomBytes(1)[0] as number;
    if (index < 256 - (256 % letters.length)) password += letters[index % letters.length];
  }
  return password;
}

/** Readers see the old content or the new, never a part. */
export function replaceFile(file: string, content: string, mode = 0o644): void {
  const scratch = `${file}.${process.pid}.new`;
  writeFileSync(scratch, content, { mode });
  renameSync(scratch, file);
}

export function readJson<T>(file: string): T | undefined {
  if (!existsSync(file)) return undefined;
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as T;
  } catch (error) {
    throw new OperatorError(`${file} is damaged: ${sentence(error)}.`, { cause: error });
  }
}

/** Node's own recursion never ends where the file system refuses with ENOENT, as /proc does. */
function makeFolder(folder: string): void {
  if (existsSync(folder) && statSync(folder).isDirectory()) return;
  const parent = dirname(folder);
  if (parent !== folder) makeFolder(parent);
  mkdirSync(folder, { mode: 0o711 });
}

function megabytes(bytes: number): number {
  return Math.floor(bytes / 1024 / 1024);
}
