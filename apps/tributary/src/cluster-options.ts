import { resolve } from 'node:path';
import { OperatorError } from './operator-error.js';
import type { ServiceName } from './services.js';

/** More copies than this on one machine is a typing error. */
const copiesMax = 32;
const portMax = 65_535;

/** What `tributary up` was asked for. docs/operations/commands.md has the table. */
export interface ClusterOptions {
  readonly dataDir: string;
  /** Gateways listen here; everything else listens to this machine only. */
  readonly host: string;
  /** The first gateway's port; each further one takes the next that is free. */
  readonly firstPort: number;
  readonly copies: Readonly<Record<ServiceName, number>>;
  /** Whether the administrator is made by whoever opens a browser with the set-up code; else `admin` is made with a password. */
  readonly browserSetup: boolean;
  /** Servers that are used instead of ones of our own. */
  readonly databaseUrl: string | undefined;
  readonly natsUrl: string | undefined;
  /** Passed on to every service. */
  readonly env: NodeJS.ProcessEnv;
}

/** Options as commander gives them. */
export interface UpFlags {
  readonly data: string;
  readonly host: string;
  readonly firstPort: number;
  readonly gateways: number;
  readonly pages: number;
  readonly coordinators: number;
  readonly identity: number;
  readonly attachments: number;
  readonly search: number;
  readonly browserSetup?: boolean;
}

export function clusterOptions(flags: UpFlags, env: NodeJS.ProcessEnv): ClusterOptions {
  const lastPort = flags.firstPort + Math.max(0, flags.gateways - 1);
  if (lastPort > portMax) {
    throw new OperatorError(
      `Of ${flags.gateways} gateways from port ${flags.firstPort} on the last would have ${lastPort}, which is no port.`,
    );
  }
  const secret = env['TRIBUTARY_SECRET'];
  if (secret && !/^[0-9a-f]{64}$/i.test(secret)) {
    throw new OperatorError('TRIBUTARY_SECRET is not usable: 64 hexadecimal digits are needed.');
  }
  return {
    dataDir: resolve(flags.data),
    host: flags.host,
    firstPort: flags.firstPort,
    copies: {
      gateway: flags.gateways,
      pages: flags.pages,
      'cluster-coordinator': flags.coordinators,
      identity: flags.identity,
      attachments: flags.attachments,
      search: flags.search,
    },
    browserSetup: flags.browserSetup ?? false,
    databaseUrl: env['TRIBUTARY_DATABASE_URL'] || undefined,
    natsUrl: env['TRIBUTARY_NATS_URL'] || undefined,
    env,
  };
}

/** Parses a number of copies. */
export function copies(text: string): number {
  return integer(text, 0, copiesMax, 'a number of copies');
}

/** Parses a TCP port. */
export function port(text: string): number {
  return integer(text, 1, portMax, 'a port');
}

function integer(text: string, min: number, max: number, what: string): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < min || value > max) {
    throw new OperatorError(`"${text}" is not ${what}: a whole number from ${min} to ${max} is needed.`);
  }
  return value;
}
