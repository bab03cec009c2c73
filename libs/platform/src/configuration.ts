import { randomBytes } from 'node:crypto';
import { z } from 'zod';

const millis = (fallback: number, min: number, max: number) =>
  z.coerce.number().int().min(min).max(max).default(fallback);

/** Days that something is kept; 0 keeps it for ever. */
const days = (fallback: number) => z.coerce.number().int().min(0).max(36_500).default(fallback);

const isTimeZone = (name: string): boolean => {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
};

/**
 * All that a service process learns from its environment; docs/operations/commands.md has the table. Read once at start, so a
 * mistake is one clear sentence before anything runs.
 */
const Environment = z.object({
  TRIBUTARY_SERVICE: z.string().min(1),
  TRIBUTARY_NODE_ID: z
    .string()
    .regex(/^[A-Za-z0-9_-]{1,64}$/)
    .optional(),
  TRIBUTARY_HOST: z.string().default('127.0.0.1'),
  TRIBUTARY_PORT: z.coerce.number().int().min(0).max(65_535).default(0),
  TRIBUTARY_DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, 'must be a postgres:// URL')
    .optional(),
  TRIBUTARY_DATABASE_CONNECTIONS: z.coerce.number().int().min(1).max(500).default(10),
  TRIBUTARY_NATS_URL: z.string().default('nats://127.0.0.1:4222'),
  TRIBUTARY_NATS_REPLICAS: z.coerce.number().int().min(1).max(5).default(1),
  TRIBUTARY_OBJECT_STORE: z.string().optional(),
  TRIBUTARY_SECRET: z.string().min(32).optional(),
  TRIBUTARY_ADMIN_PASSWORD: z.string().min(1).optional(),
  /** Compared in full by whoever sets the site up: long enough that nobody guesses it. */
  TRIBUTARY_SETUP_CODE: z.string().min(16).max(200).optional(),
  TRIBUTARY_WEB_DIR: z.string().optional(),
  TRIBUTARY_BASE_URL: z.url().optional(),
  TRIBUTARY_TIME_ZONE: z.string().refine(isTimeZone, 'must be a time zone such as Europe/Berlin').default('UTC'),
  TRIBUTARY_LEASE_MILLIS: millis(3_000, 1_000, 600_000),
  TRIBUTARY_RENEW_MILLIS: millis(1_000, 100, 200_000),
  TRIBUTARY_TRANSACTION_TIMEOUT_MILLIS: millis(8_000, 1_000, 600_000),
  TRIBUTARY_CACHE_BYTES: z.coerce
    .number()
    .int()
    .min(0)
    .default(64 * 1024 * 1024),
  TRIBUTARY_ATTACHMENT_BYTES_MAX: z.coerce
    .number()
    .int()
    .min(1)
    .default(100 * 1024 * 1024),
  TRIBUTARY_TRASH_DAYS: days(90),
  TRIBUTARY_DRAFT_DAYS: days(365),
  TRIBUTARY_EXPIRED_TOKEN_DAYS: days(30),
  TRIBUTARY_JOB_RUN_DAYS: days(30),
  TRIBUTARY_AUDIT_DAYS: days(365),
  TRIBUTARY_LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
});

export interface ServiceConfig {
  readonly service: string;
  readonly nodeId: string;
  readonly host: string;
  readonly port: number;
  readonly databaseUrl: string | undefined;
  readonly databaseConnections: number;
  readonly natsUrl: string;
  readonly natsReplicas: number;
  readonly objectStore: string | undefined;
  readonly secret: string | undefined;
  readonly adminPassword: string | undefined;
  /** Opens the first set-up in a browser, when there is no `adminPassword`; one is made where none is given. */
  readonly setupCode: string | undefined;
  readonly webDir: string | undefined;
  readonly baseUrl: string | undefined;
  /** The site's: what a date without a zone means, such as one in CQL. */
  readonly timeZone: string;
  /** How long a member may serve from caches without a renewal; see COHERENCE, R4 and R5. */
  readonly leaseMillis: number;
  readonly renewMillis: number;
  /** PostgreSQL ends a transaction after this; pins outlast it (R6). */
  readonly transactionTimeoutMillis: number;
  /** Bytes of each near cache of this process at most, fewer where its declaration says so; 0 turns them off. */
  readonly cacheBytes: number;
  /** Largest file that may be attached; the default is Confluence's. */
  readonly attachmentBytesMax: number;
  /** How long things are kept that nobody needs; 0 keeps them for ever. */
  readonly retentionDays: {
    readonly trash: number;
    readonly drafts: number;
    readonly expiredTokens: number;
    readonly jobRuns: number;
    readonly audit: number;
  };
  readonly logLevel: string;
}

/** Reads and checks the environment; throws an Error whose message names every variable that is wrong, without its value. */
export function readServiceConfig(env: NodeJS.ProcessEnv = process.env): ServiceConfig {
  const parsed = Environment.safeParse(env);
  if (!parsed.success) {
    const findings = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
    throw new Error(`The configuration is wrong: ${findings.join('; ')}`);
  }
  const e = parsed.data;
  if (e.TRIBUTARY_RENEW_MILLIS * 2 > e.TRIBUTARY_LEASE_MILLIS) {
    throw new Error(
      'TRIBUTARY_RENEW_MILLIS must be at most half of TRIBUTARY_LEASE_MILLIS, so that one lost renewal ends no lease',
    );
  }
  return {
    service: e.TRIBUTARY_SERVICE,
    nodeId: e.TRIBUTARY_NODE_ID ?? `${e.TRIBUTARY_SERVICE}-${randomBytes(4).toString('hex')}`,
    host: e.TRIBUTARY_HOST,
    port: e.TRIBUTARY_PORT,
    databaseUrl: e.TRIBUTARY_DATABASE_URL,
    databaseConnections: e.TRIBUTARY_DATABASE_CONNECTIONS,
    natsUrl: e.TRIBUTARY_NATS_URL,
    natsReplicas: e.TRIBUTARY_NATS_REPLICAS,
    objectStore: e.TRIBUTARY_OBJECT_STORE,
    secret: e.TRIBUTARY_SECRET,
    adminPassword: e.TRIBUTARY_ADMIN_PASSWORD,
    setupCode: e.TRIBUTARY_SETUP_CODE,
    webDir: e.TRIBUTARY_WEB_DIR,
    baseUrl: e.TRIBUTARY_BASE_URL,
    timeZone: e.TRIBUTARY_TIME_ZONE,
    leaseMillis: e.TRIBUTARY_LEASE_MILLIS,
    renewMillis: e.TRIBUTARY_RENEW_MILLIS,
    transactionTimeoutMillis: e.TRIBUTARY_TRANSACTION_TIMEOUT_MILLIS,
    cacheBytes: e.TRIBUTARY_CACHE_BYTES,
    attachmentBytesMax: e.TRIBUTARY_ATTACHMENT_BYTES_MAX,
    retentionDays: {
      trash: e.TRIBUTARY_TRASH_DAYS,
      drafts: e.TRIBUTARY_DRAFT_DAYS,
      expiredTokens: e.TRIBUTARY_EXPIRED_TOKEN_DAYS,
      jobRuns: e.TRIBUTARY_JOB_RUN_DAYS,
      audit: e.TRIBUTARY_AUDIT_DAYS,
    },
    logLevel: e.TRIBUTARY_LOG_LEVEL,
  };
}
