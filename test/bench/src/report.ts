/** One comparison: what was measured, beside its reference from the same run. Ratios count; absolutes drift with the machine. */
export interface Comparison {
  readonly metric: string;
  readonly measured: string;
  readonly reference: string;
  /** Measured divided by its reference. Undefined where an absolute is promised. */
  readonly ratio?: number;
  readonly goal: string;
  readonly met: boolean;
  /** Where the time goes: processor microseconds of each service for one piece of the work. */
  readonly profile?: ReadonlyMap<string, number>;
}

/** Compares by ratio; `atLeast` or `atMost` is the goal. */
export function compare(
  metric: string,
  measured: { readonly value: number; readonly unit: string },
  reference: { readonly name: string; readonly value: number },
  goal: { readonly atLeast: number } | { readonly atMost: number },
): Comparison {
  const ratio = measured.value / reference.value;
  const [met, text] =
    'atLeast' in goal ? [ratio >= goal.atLeast, `>= ${goal.atLeast}`] : [ratio <= goal.atMost, `<= ${goal.atMost}`];
  const written = (value: number): string => `${shown(value)} ${measured.unit}`;
  return {
    metric,
    measured: written(measured.value),
    reference: `${reference.name}: ${written(reference.value)}`,
    ratio,
    goal: text,
    met,
  };
}

/** An absolute that is promised. */
export function within(metric: string, measured: number, most: number, unit: string): Comparison {
  return {
    metric,
    measured: `${shown(measured)} ${unit}`,
    reference: '',
    goal: `<= ${most} ${unit}`,
    met: measured <= most,
  };
}

/** One line for each comparison with a profile, the largest part first. */
export function profiles(comparisons: readonly Comparison[]): string {
  return comparisons
    .flatMap(({ metric, profile }) => {
      if (!profile) return [];
      const parts = [...profile].filter(([, micros]) => micros >= 1).sort(([, one], [, other]) => other - one);
      const sum = parts.reduce((total, [, micros]) => total + micros, 0);
      const written = parts.map(([service, micros]) => `${service} ${shown(Math.round(micros))}`).join(', ');
      return [`${metric}, processor time of one: ${shown(Math.round(sum))} us = ${written}`];
    })
    .join('\n');
}

/** A table as Markdown, which terminals and notes show alike. */
export function table(comparisons: readonly Comparison[]): string {
  const rows = comparisons.map(({ metric, measured, reference, ratio, goal, met }) => [
    metric,
    measured,
    reference,
    ratio === undefined ? '' : ratio.toFixed(2),
    goal,
    met ? 'met' : 'MISSED',
  ]);
  const lines = [
    ['metric', 'measured', 'reference', 'ratio', 'goal', ''],
    ['---', '---', '---', '---', '---', '---'],
    ...rows,
  ];
  return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

const shown = (value: number): string => (value >= 100 ? Math.round(value).toLocaleString('en') : value.toPrecision(3));
