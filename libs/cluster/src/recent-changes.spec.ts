import { describe, expect, it } from '@jest/globals';
import { RecentChanges } from './recent-changes.js';

describe('the changes of late', () => {
  it('are known by when they were noted last', () => {
    const tags = new RecentChanges<string>(10);
    tags.note(['content:1', 'space:A'], 1);
    tags.note(['space:A'], 2);
    expect(tags.isNotedAfter('content:1', 0)).toBe(true);
    expect(tags.isNotedAfter('content:1', 1)).toBe(false);
    expect(tags.isNotedAfter('space:A', 1)).toBe(true);
    expect(tags.isNotedAfter('content:2', 0)).toBe(false);
  });

  it('are forgotten only when that is told: from then on everything is known of every tag', () => {
    const tags = new RecentChanges<string>(8);
    const noted = new Map<string, number>();
    for (let sequence = 1; sequence <= 500; sequence += 1) {
      const some = [`content:${sequence % 37}`, `content:${sequence}`];
      tags.note(some, sequence);
      for (const tag of some) noted.set(tag, sequence);
      expect(tags.forgottenSequence).toBeLessThan(sequence);
      for (let moment = tags.forgottenSequence; moment <= sequence; moment += 1)
        for (const [tag, last] of noted)
          if (tags.isNotedAfter(tag, moment) !== last > moment) throw new Error(`${tag} at ${moment}`);
    }
    expect(tags.forgottenSequence).toBeGreaterThan(480);
  });
});
