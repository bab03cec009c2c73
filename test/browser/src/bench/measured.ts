/** One number of the web application beside what was promised of it. */
export interface Measured {
  readonly metric: string;
  readonly value: number;
  readonly unit: string;
  /** The most that it may be; undefined for what only explains another number. */
  readonly most?: number;
}

/** The value below which `share` of the samples lie (0.5: the median). */
export function percentile(samples: readonly number[], share: number): number {
  const sorted = samples.toSorted((one, other) => one - other);
  const value = sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
  if (value === undefined) throw new Error('There are no samples');
  return value;
}

const shown = (value: number): string =>
  Math.abs(value) >= 100 ? Math.round(value).toLocaleString('en') : value.toPrecision(3);

/** A table as Markdown, which terminals and notes show alike. */
export function table(all: readonly Measured[]): string {
  const rows = all.map(({ metric, value, unit, most }) => [
    metric,
    `${shown(value)} ${unit}`,
    most === undefined ? '' : `<= ${most} ${unit}`,
    most === undefined ? '' : value <= most ? 'met' : 'MISSED',
  ]);
  const lines = [['metric', 'measured', 'goal', ''], ['---', '---', '---', '---'], ...rows];
  const widths = [0, 1, 2, 3].map((column) => Math.max(3, ...lines.map((cells) => cells[column]?.length ?? 0)));
  return lines
    .map((cells) => `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`)
    .join('\n');
}
