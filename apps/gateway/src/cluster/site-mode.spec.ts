import { describe, expect, it } from '@jest/globals';
import { isRefusedReadOnly } from './site-mode.js';

describe('in read-only mode', () => {
  it.each([
    ['POST', '/rest/api/content'],
    ['PUT', '/rest/api/content/:id'],
    ['DELETE', '/rest/api/content/:id'],
    ['POST', '/rest/api/content/:id/child/attachment'],
    ['POST', '/rest/api/space'],
    ['PUT', '/rest/api/space/:key/permissions/anonymous/:change'],
    ['POST', '/rest/api/user/watch/content/:id'],
    ['PUT', '/rest/api/user/current'],
    ['POST', '/rest/pat/1.0/tokens'],
    ['POST', '/a/route/of/tomorrow'],
  ])('%s %s is refused', (method, route) => {
    expect(isRefusedReadOnly(method, route)).toBe(true);
  });

  it.each([
    ['GET', '/rest/api/content/:id'],
    ['HEAD', '/download/attachments/:id/:name'],
    ['POST', '/dologin.action'],
    ['POST', '/rest/api/contentbody/convert/:to'],
    ['POST', '/rest/tributary/1/cluster/readonly'],
    ['POST', '/rest/zdu/start'],
    ['PUT', '/rest/api/admin/user/:username/disable'],
    ['DELETE', '/rest/api/longtask/:id'],
  ])('%s %s goes on', (method, route) => {
    expect(isRefusedReadOnly(method, route)).toBe(false);
  });
});
