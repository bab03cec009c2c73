import { createHash, randomBytes } from 'node:crypto';

/** A new secret of 256 bits, as text that fits into a cookie and a header. */
export const newSecret = (): string => randomBytes(32).toString('base64url');

/** What is stored instead of a secret. Secrets are random, so a fast digest can't be guessed backwards. */
export const digestOf = (secret: string): string => createHash('sha256').update(secret).digest('base64url');
