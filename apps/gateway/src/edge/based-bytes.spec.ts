import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { baseUrlMark } from '@tributary/contracts';
import { BasedBytes } from './based-bytes.js';

describe('BasedBytes', () => {
  const answer = new BasedBytes(Buffer.from(`{"a":"${baseUrlMark}/x","b":"日本","c":"${baseUrlMark}"}`));

  it('puts the base in the place of each mark', () => {
    expect(answer.for('http://one').toString()).toBe('{"a":"http://one/x","b":"日本","c":"http://one"}');
    expect(answer.for('http://two').toString()).toBe('{"a":"http://two/x","b":"日本","c":"http://two"}');
  });

  it('is one buffer for all who come by the same base', () => {
    expect(answer.for('http://one')).toBe(answer.for('http://one'));
  });

  it('takes bytes without marks as they are, and keeps none of the message that they came in', () => {
    const message = Buffer.from('HEADER{"a":1}');
    const plain = new BasedBytes(message.subarray(6));
    message.fill(0);
    expect(plain.for('http://one').toString()).toBe('{"a":1}');
  });

  it('is compressed for whoever asks again, for the same base only', async () => {
    const large = new BasedBytes(Buffer.from(`"${baseUrlMark}/${'x'.repeat(5_000)}"`));
    expect(large.gzippedFor('http://one')).toBeUndefined();
    large.for('http://one');
    const gzipped = await soon(() => large.gzippedFor('http://one'));
    expect(gunzipSync(gzipped)).toEqual(large.for('http://one'));
    large.for('http://two');
    const other = await soon(() => large.gzippedFor('http://two'));
    expect(gunzipSync(other)).toEqual(large.for('http://two'));
  });

  it('is not compressed when that helps nobody', () => {
    answer.for('http://one');
    expect(answer.gzippedFor('http://one')).toBeUndefined();
  });
});

async function soon<T>(value: () => T | undefined): Promise<T> {
  const until = performance.now() + 5_000;
  while (performance.now() < until) {
    const found = value();
    if (found !== undefined) return found;
    await new Promise(setImmediate);
  }
  throw new Error('It did not come to be');
}
