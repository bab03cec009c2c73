/** The value below which `share` of the samples lie (0.5: the median). */
export function percentile(samples: readonly number[], share: number): number {
  const sorted = samples.toSorted((one, other) => one - other);
  const value = sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
  if (value === undefined) throw new Error('There are no samples');
  return value;
}

/** Runs `once` one after the other and returns how long each took, in milliseconds; the first `warmUp` are left out. */
export async function timed(count: number, warmUp: number, once: () => Promise<unknown>): Promise<number[]> {
  const samples: number[] = [];
  for (let index = 0; index < count + warmUp; index += 1) {
    const since = performance.now();
    await once();
    if (index >= warmUp) samples.push(performance.now() - since);
  }
  return samples;
}
