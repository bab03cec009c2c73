import { createHash, randomInt } from 'node:crypto';

/** What a run of the tests draws its chances from. */
export const seed = process.env['TRIBUTARY_FAULT_SEED'] ?? String(randomInt(1e9));
export const printSeed = (): void => void process.stderr.write(`Seed ${seed}: repeat it with TRIBUTARY_FAULT_SEED\n`);

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
