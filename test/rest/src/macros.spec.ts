import { describe, expect, it } from '@jest/globals';
import { ask, newUser, nobody, read } from './wiki.js';

describe('the macros that can be used', () => {
  it('are listed with the parameters that they declare, for users', async () => {
    const reader = await newUser('macros');
    const { results } = await read('/rest/tributary/1/macros', { as: reader.as });
    expect(results).toContainEqual({
      name: 'status',
      body: 'none',
      parameters: [
        { name: 'title', kind: 'text', fallback: '' },
        {
          name: 'colour',
          kind: 'choice',
          fallback: 'Grey',
          choices: ['Grey', 'Red', 'Yellow', 'Green', 'Blue', 'Purple'],
        },
        { name: 'subtle', kind: 'boolean', fallback: false },
      ],
    });
    expect(results).toContainEqual(expect.objectContaining({ name: 'include', defaultParameter: 'page' }));
    expect((await ask('GET', '/rest/tributary/1/macros', undefined, { as: nobody })).status).toBe(401);
  });
});
