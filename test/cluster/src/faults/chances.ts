import { createHash } from 'node:crypto';

/** What a printed seed decides: numbers from 0 to 1, the same on every machine. */
export type Chances = () => number;

export function chancesOf(seed: string): Chances {
  let drawn = 0;
  return () =>
    createHash('sha256')
      .update(`${seed} ${(drawn += 1)}`)
      .digest()
      .readUInt32BE() /
    2 ** 32;
}
