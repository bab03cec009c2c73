import { argon2, hash, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';

/** OWASP's advice for argon2id (2025): 19 MiB, two passes, one lane. */
const memoryKibibytes = 19 * 1024;
const passes = 2;
const parallelism = 1;
const tagLength = 32;

const derive = promisify(argon2);

const hashWith = (password: string, nonce: Buffer): Promise<Buffer> =>
  derive('argon2id', {
    message: Buffer.from(password.normalize('NFC')),
    nonce,
    parallelism,
    tagLength,
    memory: memoryKibibytes,
    passes,
  }) as Promise<Buffer>;

/** A password's hash as it is stored: the method, its parameters, the salt, the hash. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const derived = await hashWith(password, salt);
  return ['argon2id', salt.toString('base64url'), derived.toString('base64url')].join('$');
}

const underWay = new Map<string, Promise<boolean>>();

/**
 * Compares without telling by its time how much was right. Without a stored hash it costs the same and is false. Those who ask the
 * same at the same time share one computation: a client that opens a hundred connections would have it done a hundred times
 * else, and nobody could sign in meanwhile.
 */
export function verifyPassword(password: string, stored: string | undefined): Promise<boolean> {
  const key = hash('sha256', JSON.stringify([password, stored]));
  const known = underWay.get(key);
  if (known) return known;
  const verifying = compare(password, stored).finally(() => underWay.delete(key));
  underWay.set(key, verifying);
  return verifying;
}

async function compare(password: string, stored: string | undefined): Promise<boolean> {
  const [method, salt, expected] = (stored ?? '').split('$');
  const derived = await hashWith(password, salt ? Buffer.from(salt, 'base64url') : Buffer.alloc(16));
  if (method !== 'argon2id' || !expected) return false;
  const known = Buffer.from(expected, 'base64url');
  return known.length === derived.length && timingSafeEqual(known, derived);
}
