import { describe, expect, it } from '@jest/globals';
import { ProcessLife } from './process.js';

const closing = { close: async () => undefined };

describe("a process's life", () => {
  it('goes from starting over running and draining to stopping', () => {
    const ends: string[] = [];
    const life = new ProcessLife((_, reason) => ends.push(reason));
    let drains = 0;
    expect([life.state, life.drain()]).toEqual(['starting', false]);
    life.started({ ...closing, drain: async () => void (drains += 1) });
    expect(life.state).toBe('running');
    expect([life.drain(), life.drain(), life.state, drains]).toEqual([true, true, 'draining', 1]);
    life.stop('enough');
    life.stop('again');
    expect([life.state, life.drain(), ends]).toEqual(['stopping', false, ['enough']]);
  });

  it('drains nothing where there is nobody to tell', () => {
    const life = new ProcessLife();
    life.started(closing);
    expect([life.drain(), life.state]).toEqual([false, 'running']);
  });

  it('that is told to stop while it starts never runs', () => {
    const life = new ProcessLife();
    life.stop('too early');
    life.started(closing);
    expect(life.state).toBe('stopping');
  });
});
