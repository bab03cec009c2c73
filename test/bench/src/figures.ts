/** Figures that a process tells at this moment, by their series with its labels as Prometheus's text format writes it; 0 for one that isn't there yet. */
export async function figuresOf(url: string): Promise<(series: string) => number> {
  const lines = (await (await fetch(`${url}/metrics`)).text()).split('\n');
  return (series) => Number(lines.find((line) => line.startsWith(`${series} `))?.slice(series.length) ?? 0);
}
