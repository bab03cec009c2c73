const units = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1_000],
] as const;

/** How long something takes or took, in its largest unit: "12 sec", "3 hr". */
export function formatDuration(millis: number, language: string): string {
  const [unit, size] = units.find(([, each]) => millis >= each) ?? (['second', 1_000] as const);
  return new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'short' }).format(
    Math.floor(millis / size),
  );
}

/** A share of 1 in per cent. */
export const formatShare = (share: number, language: string): string =>
  new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 1 }).format(share);

export const formatNumber = (value: number, language: string, digits = 0): string =>
  new Intl.NumberFormat(language, { maximumFractionDigits: digits }).format(value);

interface Hits {
  readonly hits: number;
  readonly misses: number;
}

/** How many questions were answered from what was kept; undefined where nothing was asked yet. */
export function hitRateOf(caches: readonly Hits[]): number | undefined {
  const hits = caches.reduce((sum, cache) => sum + cache.hits, 0);
  const all = hits + caches.reduce((sum, cache) => sum + cache.misses, 0);
  return all === 0 ? undefined : hits / all;
}
