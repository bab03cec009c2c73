import { afterEach, describe, expect, it } from '@jest/globals';
import { addDemoSpace, demoSpaceKey, removeDemoSpace, type DemoLanguage, type Send } from '@tributary/demo-space';
import { until } from '@tributary/test-servers';
import { ask, at, done, read, type Json } from './wiki.js';

const send: Send = async <T>(method: string, path: string, body?: unknown) =>
  (await done(method, `/rest/${path}`, body)) as T;

describe.each<[DemoLanguage, string]>([
  ['en', 'Write a page'],
  ['ja', 'ページを書く'],
])('the demo space in %s', (language, title) => {
  afterEach(async () => {
    const id = await removeDemoSpace(send);
    await until('the space to be deleted', async () => (await read(`/rest/api/longtask/${id}`))['finished'] === true);
    expect((await ask('GET', `/rest/api/space/${demoSpaceKey}`)).status).toBe(404);
  });

  it('shows all of its pages without an error, and can be removed', async () => {
    await addDemoSpace(send, language);
    await expect(addDemoSpace(send, language)).rejects.toThrow(/ 4\d\d /);
    const pages = await read(`/rest/api/content?spaceKey=${demoSpaceKey}&expand=body.view,ancestors&limit=50`);
    const results = pages['results'] as Json[];
    expect(results.length).toBe(8);
    expect(results.map((page) => page['title'])).toContain(title);
    const shown = results.map((page) => String(at(page, 'body.view.value')));
    for (const view of shown) {
      expect(view).not.toMatch(/class="(error|unresolved|unknown-macro)/);
      expect(view.length).toBeGreaterThan(100);
    }
    const kettles = shown.filter((view) => view.includes(language === 'en' ? 'on the second floor' : '2 階にあります'));
    expect(kettles.length).toBe(2);
    expect(results.filter((page) => (page['ancestors'] as unknown[]).length === 0).length).toBe(1);
  });
});
