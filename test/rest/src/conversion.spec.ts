import { describe, expect, it } from '@jest/globals';
import { done, newPage, newSpace, refused } from './wiki.js';

describe('conversion', () => {
  const convert = (to: string, value: string, representation = 'storage') =>
    done('POST', `/rest/api/contentbody/convert/${to}`, { value, representation });

  it('from storage to view, with macros and links of a context', async () => {
    const space = await newSpace();
    await newPage(space, 'Linked to');
    const link = '<ac:link><ri:page ri:content-title="Linked to" /></ac:link>';
    const query = `view?spaceKeyContext=${space}`;
    const { value, representation } = await convert(query, `<h1>A</h1><p>${link}</p>`);
    expect(representation).toBe('view');
    expect(value).toMatch(/<h1[^>]*>A<\/h1>/);
    expect(value).toContain(`/display/${space}/Linked+to`);
    const note =
      '<ac:structured-macro ac:name="note"><ac:rich-text-body><p>b</p></ac:rich-text-body></ac:structured-macro>';
    expect((await convert('view', note))['value']).toMatch(/confluence-information-macro[^]*<p>b<\/p>/);
    expect((await convert('view', '<script>alert(1)</script><p>b</p>'))['value']).not.toContain('script');
  });

  it.each(['export_view', 'styled_view', 'editor', 'storage'])('from storage to %s', async (to) => {
    expect(await convert(to, '<p>a</p>')).toMatchObject({
      representation: to,
      value: expect.stringContaining('<p>a</p>'),
    });
  });

  it('from wiki markup', async () => {
    const wiki = { value: 'h1. a\n{code}b{code}', representation: 'wiki' };
    expect(await done('POST', '/rest/api/contentbody/convert/storage', wiki)).toMatchObject({
      representation: 'storage',
      value: expect.stringMatching(/^<h1>a<\/h1><ac:structured-macro ac:name="code"/),
    });
    expect(await done('POST', '/rest/api/contentbody/convert/view', wiki)).toMatchObject({
      value: expect.stringContaining('<h1 id='),
    });
    const back = { value: '<h1>a</h1>', representation: 'storage' };
    await refused(501, 'POST', '/rest/api/contentbody/convert/wiki', back);
  });

  it('of broken XML names the place', async () => {
    const body = { value: '<p>a</p>\n<p>b</q>', representation: 'storage' };
    expect(await refused(400, 'POST', '/rest/api/contentbody/convert/view', body)).toMatch(/\[2,\d+\]/);
  });
});
