import { argon2, randomBytes, timingSafeEqual } from 'node:crypto';
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
  const hash = await hashWith(password, salt);
  return ['argon2id', salt.toString('base64url'), hash.toString('base64url')].join('$');
}

/** Compares without telling by its time how much was right. Without a stored hash it costs the same and is false. */
export async function verifyPassword(password: string, stored: string | undefined): Promise<boolean> {
  const [method, salt, expected] = (stored ?? '').split('$');
  const hash = await hashWith(password, salt ? Buffer.from(salt, 'base64url') : Buffer.alloc(16));
  if (method !== 'argon2id' || !expected) return false;
  const known = Buffer.from(expected, 'base64url');
  return known.length === hash.length && timingSafeEqual(known, hash);
}
