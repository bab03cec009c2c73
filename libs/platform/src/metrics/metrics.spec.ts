import { describe, expect, it } from '@jest/globals';
import { familyText } from './exposition.js';
import { Durations, Metrics } from './metrics.js';

describe('the text of a metric', () => {
  it('escapes what labels may not hold, and leaves out what has no values', () => {
    const samples = [{ labels: { route: 'a"b\\c\nd', node: '日本' }, value: 1.5 }];
    expect(familyText({ name: 'x', help: 'What it is', type: 'gauge', samples })).toBe(
      '# HELP x What it is\n# TYPE x gauge\nx{route="a\\"b\\\\c\\nd",node="日本"} 1.5\n',
    );
    expect(familyText({ name: 'x', help: 'What it is', type: 'gauge', samples: [] })).toBe('');
  });
});

describe('durations', () => {
  it('are counted by bounds, each bucket holding those below', () => {
    const durations = new Durations('d_seconds', 'Some', ['route']);
    for (const seconds of [0.0001, 0.003, 0.003, 0.7, 60]) durations.observe(seconds, '/a');
    durations.observe(0.2, '/b');
    expect(durations.count).toBe(6);
    const text = familyText(durations.family());
    for (const line of [
      'd_seconds_bucket{route="/a",le="0.0005"} 1',
      'd_seconds_bucket{route="/a",le="0.005"} 3',
      'd_seconds_bucket{route="/a",le="0.5"} 3',
      'd_seconds_bucket{route="/a",le="1"} 4',
      'd_seconds_bucket{route="/a",le="10"} 4',
      'd_seconds_bucket{route="/a",le="+Inf"} 5',
      'd_seconds_count{route="/a"} 5',
      'd_seconds_count{route="/b"} 1',
    ])
      expect(text).toContain(`${line}\n`);
  });

  it('tell only so many labels apart', () => {
    const durations = new Durations('d_seconds', 'Some', ['route']);
    for (let index = 0; index < 2_000; index += 1) durations.observe(0.1, `/${index}`);
    const { samples } = durations.family();
    const counts = samples.filter(({ suffix }) => suffix === '_count');
    expect(counts.length).toBe(1_001);
    expect(counts.find(({ labels }) => labels?.['route'] === 'other')?.value).toBe(1_000);
  });
});

describe('collectors', () => {
  it('that fail are shown as down, and the others stay', async () => {
    const metrics = new Metrics();
    metrics.collect('broken', () => Promise.reject(new Error('away')));
    const end = metrics.collect('good', () => [{ name: 'g', help: 'Good', type: 'gauge', samples: [{ value: 7 }] }]);
    const text = await metrics.text();
    expect(text).toContain('\ng 7\n');
    expect(text).toContain('tributary_collector_up{collector="broken"} 0\n');
    expect(text).toContain('tributary_collector_up{collector="good"} 1\n');
    end();
    expect(await metrics.text()).not.toContain('\ng 7\n');
  });
});
