import type { Secret } from './secret.js';

/** A change of something hidden that somebody tries. */
export interface Attempt {
  readonly path: string;
  readonly body?: unknown;
  readonly file?: boolean;
}

const storage = { storage: { value: '<p>x</p>', representation: 'storage' } };
const restriction = [{ operation: 'read', restrictions: { user: [], group: [{ name: 'confluence-users' }] } }];
const operations = [{ targetType: 'space', operationKey: 'read' }];

/** Attempts for each route that changes something of a content or a space, by method and route as the gateway registers them. */
export function attemptsOn(secret: Secret, ownPageId: string): Record<string, Attempt[]> {
  const { id, attachmentId, word, spaceKey, title } = secret;
  const page = { type: 'page', title, version: { number: 3 }, body: storage };
  const content = `/rest/api/content/${id}`;
  const space = `/rest/api/space/${spaceKey}`;
  const task = { path: `/rest/inlinetasks/1/task/${id}/1`, body: { status: 'CHECKED' } };
  const restore = { operationKey: 'restore', params: { versionNumber: 1 } };
  return {
    'POST /rest/api/content': [
      { path: '/rest/api/content', body: { type: 'comment', container: { id, type: 'page' }, body: storage } },
    ],
    'PUT /rest/api/content/:id': [{ path: content, body: page }],
    'DELETE /rest/api/content/:id': [
      { path: content },
      { path: `${content}?status=trashed` },
      { path: `/rest/api/content/att${attachmentId}` },
    ],
    'PUT /rest/tributary/1/drafts/:id': [
      {
        path: `/rest/tributary/1/drafts/${id}`,
        body: { session: 'attempted-session', title: 'x', version: 1, revision: 0, body: storage },
      },
    ],
    'POST /rest/tributary/1/drafts/:id/changes': [
      {
        path: `/rest/tributary/1/drafts/${id}/changes`,
        body: {
          session: 'attempted-session',
          title: 'x',
          version: 1,
          revision: 1,
          change: { start: 0, end: 0, value: 'x' },
        },
      },
    ],
    'POST /rest/tributary/1/content/:id/editing': [
      { path: `/rest/tributary/1/content/${id}/editing`, body: { session: 'attempted-session' } },
    ],
    'DELETE /rest/tributary/1/drafts/:id': [{ path: `/rest/tributary/1/drafts/${id}` }],
    'POST /rest/api/content/:id/child/attachment': [{ path: `${content}/child/attachment`, file: true }],
    'PUT /rest/api/content/:id/child/attachment': [{ path: `${content}/child/attachment`, file: true }],
    'DELETE /rest/api/content/:id/child/attachment/:attachmentId': [
      { path: `${content}/child/attachment/att${attachmentId}` },
      { path: `/rest/api/content/${ownPageId}/child/attachment/att${attachmentId}` },
    ],
    'PUT /rest/api/content/:id/child/attachment/:attachmentId': [
      {
        path: `${content}/child/attachment/${attachmentId}`,
        body: { type: 'attachment', title: 'x.txt', version: { number: 1 } },
      },
      {
        path: `/rest/api/content/${ownPageId}/child/attachment/${attachmentId}`,
        body: { title: 'x.txt', version: { number: 1 } },
      },
    ],
    'POST /rest/api/content/:id/child/attachment/:attachmentId/data': [
      { path: `${content}/child/attachment/${attachmentId}/data`, file: true },
      { path: `/rest/api/content/${ownPageId}/child/attachment/${attachmentId}/data`, file: true },
    ],
    'POST /rest/api/content/:id/child/attachment/:attachmentId/move': [
      { path: `${content}/child/attachment/${attachmentId}/move?newContentId=${ownPageId}` },
      { path: `/rest/api/content/${ownPageId}/child/attachment/${attachmentId}/move?newContentId=${ownPageId}` },
    ],
    'DELETE /rest/api/content/:id/child/attachment/:attachmentId/version/:version': [
      { path: `${content}/child/attachment/${attachmentId}/version/1` },
    ],
    'POST /rest/api/content/:id/label': [{ path: `${content}/label`, body: [{ prefix: 'global', name: 'x' }] }],
    'DELETE /rest/api/content/:id/label': [{ path: `${content}/label?name=label-${word}` }],
    'DELETE /rest/api/content/:id/label/:label': [{ path: `${content}/label/label-${word}` }],
    'PUT /rest/api/content/:id/move/:position/:targetId': [
      { path: `${content}/move/append/${ownPageId}` },
      ...['append', 'above', 'below'].map((position) => ({
        path: `/rest/api/content/${ownPageId}/move/${position}/${id}`,
      })),
    ],
    'POST /rest/api/content/:id/copy': [
      {
        path: `${content}/copy`,
        body: { pageTitle: 'x', destination: { type: 'parent_page', value: ownPageId } },
      },
    ],
    'POST /rest/api/content/:id/pagehierarchy/copy': [
      {
        path: `${content}/pagehierarchy/copy`,
        body: { destinationPageId: ownPageId, titleOptions: { prefix: 'x' } },
      },
      {
        path: `/rest/api/content/${ownPageId}/pagehierarchy/copy`,
        body: { destinationPageId: id, titleOptions: { prefix: 'x' } },
      },
    ],
    'POST /pages/movepage.action': [
      { path: `/pages/movepage.action?pageId=${ownPageId}&targetId=${id}&position=append` },
      { path: `/pages/movepage.action?pageId=${id}&targetId=${ownPageId}&position=append` },
    ],
    'POST /rest/api/content/:id/property': [{ path: `${content}/property`, body: { key: 'x', value: 1 } }],
    'POST /rest/api/content/:id/property/:key': [{ path: `${content}/property/key-${word}`, body: { value: 1 } }],
    'PUT /rest/api/content/:id/property/:key': [
      { path: `${content}/property/key-${word}`, body: { value: 1, version: { number: 2 } } },
    ],
    'DELETE /rest/api/content/:id/property/:key': [{ path: `${content}/property/key-${word}` }],
    'PUT /rest/api/content/:id/restriction': [{ path: `${content}/restriction`, body: restriction }],
    'POST /rest/api/content/:id/version': [{ path: `${content}/version`, body: restore }],
    'DELETE /rest/api/content/:id/version/:number': [{ path: `${content}/version/1` }],
    'POST /rest/inlinetasks/1/task/:id/:taskId': [task],
    'POST /rest/inlinecomments/1.0/comments': [
      {
        path: '/rest/inlinecomments/1.0/comments',
        body: { containerId: id, originalSelection: word, body: '<p>x</p>' },
      },
    ],
    'POST /rest/inlinecomments/1.0/comments/:id/replies': [
      {
        path: `/rest/inlinecomments/1.0/comments/${secret.commentId}/replies?containerId=${id}`,
        body: { body: '<p>x</p>' },
      },
    ],
    'PUT /rest/inlinecomments/1.0/comments/:id/resolve/:resolved/dangling/:dangling': [
      { path: `/rest/inlinecomments/1.0/comments/${secret.commentId}/resolve/true/dangling/false` },
    ],
    'PUT /rest/inlinetasks/1/task/:id/:taskId': [task],
    'POST /rest/likes/1.0/content/:id/likes': [{ path: `/rest/likes/1.0/content/${id}/likes` }],
    'DELETE /rest/likes/1.0/content/:id/likes': [{ path: `/rest/likes/1.0/content/${id}/likes` }],
    'POST /rest/api/user/watch/content/:id': [{ path: `/rest/api/user/watch/content/${id}` }],
    'DELETE /rest/api/user/watch/content/:id': [{ path: `/rest/api/user/watch/content/${id}` }],
    ...(secret.hidesSpace ? attemptsOnSpace(spaceKey, space) : {}),
  };
}

const attemptsOnSpace = (spaceKey: string, space: string): Record<string, Attempt[]> => ({
  'PUT /rest/api/space/:key': [{ path: space, body: { name: 'x' } }],
  'DELETE /rest/api/space/:key': [{ path: space }],
  'PUT /rest/api/space/:key/archive': [{ path: `${space}/archive` }],
  'PUT /rest/api/space/:key/restore': [{ path: `${space}/restore` }],
  'DELETE /rest/api/space/:key/trash': [{ path: `${space}/trash` }],
  'POST /rest/api/space/:key/permissions': [
    { path: `${space}/permissions`, body: [{ groupName: 'confluence-users', operations }] },
  ],
  'PUT /rest/api/space/:key/permissions/anonymous/:change': [
    { path: `${space}/permissions/anonymous/grant`, body: operations },
  ],
  'PUT /rest/api/space/:key/permissions/group/:name/:change': [
    { path: `${space}/permissions/group/confluence-users/grant`, body: operations },
  ],
  'PUT /rest/api/space/:key/permissions/user/:user/:change': [
    { path: `${space}/permissions/user/otto/grant`, body: operations },
  ],
  'POST /rest/api/space/:spaceKey/property': [{ path: `${space}/property`, body: { key: 'x', value: 1 } }],
  'POST /rest/api/space/:spaceKey/property/:key': [{ path: `${space}/property/x`, body: { value: 1 } }],
  'PUT /rest/api/space/:spaceKey/property/:key': [
    { path: `${space}/property/shown`, body: { value: 1, version: { number: 2 } } },
  ],
  'DELETE /rest/api/space/:spaceKey/property/:key': [{ path: `${space}/property/shown` }],
  'POST /rest/api/user/watch/space/:key': [{ path: `/rest/api/user/watch/space/${spaceKey}` }],
  'DELETE /rest/api/user/watch/space/:key': [{ path: `/rest/api/user/watch/space/${spaceKey}` }],
});
