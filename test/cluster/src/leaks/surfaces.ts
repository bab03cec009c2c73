import type { Secret } from './secret.js';

/** One request that could show something of a secret. */
export interface Probe {
  readonly path: string;
  readonly method?: string;
  readonly body?: unknown;
  /**
   * `hidden`: it addresses the secret itself, so it is answered as if that weren't there. `silent`: it answers, without a trace of the
   * secret. `neutral`: it shows no contents to anybody.
   */
  readonly expects: 'hidden' | 'silent' | 'neutral';
  /** It shows what is somebody's own, of which strangers have nothing. */
  readonly isOwn?: boolean;
  /** What of the secret the open page itself has written down, so that its readers know it. */
  readonly known?: readonly string[];
}

const all = 'limit=200';
const everything =
  'expand=space.homepage,container,version,history.lastUpdated,history.contributors,ancestors,operations,' +
  'body.storage,body.view,body.export_view,body.styled_view,body.anonymous_export_view,body.editor,restrictions.read.restrictions.user,' +
  'metadata.labels,metadata.properties,children.page.body.view,children.comment,children.attachment,descendants.page,descendants.comment';

const silent = (...paths: string[]): Probe[] => paths.map((path) => ({ path, expects: 'silent' }));
const ofOneself = (...paths: string[]): Probe[] => paths.map((path) => ({ path, expects: 'silent', isOwn: true }));
const hidden = (...paths: string[]): Probe[] => paths.map((path) => ({ path, expects: 'hidden' }));
const neutral = (...paths: string[]): Probe[] => paths.map((path) => ({ path, expects: 'neutral' }));

/** CQL that finds the secret by each field that can be asked for. */
function queriesFor({ spaceKey, id, parentId, word, titleWord, title, userKey }: Secret): string[] {
  const own = `text ~ "${word}"`;
  return [
    own,
    `id = ${id}`,
    `content = ${id}`,
    `ancestor = ${parentId}`,
    `parent = ${parentId}`,
    `parent = ${id}`,
    `ancestor = ${id}`,
    `container = ${id}`,
    `label = "label-${word}"`,
    `title = "${title}"`,
    `title ~ "${titleWord}"`,
    `title ~ "${titleWord.slice(0, 8)}*"`,
    `siteSearch ~ "${word}"`,
    `content.property[key-${word}].text = "${word}"`,
    `macro = "excerpt" and ${own}`,
    `space = "${spaceKey}" and ${own}`,
    `space.type = global and ${own}`,
    `type = page and ${own}`,
    `type in (page, comment) and ${own} order by title`,
    `creator = "${userKey}" and ${own}`,
    `contributor = "${userKey}" and ${own}`,
    `created > now("-1d") and ${own}`,
    `lastModified > now("-1d") and ${own} order by lastModified desc`,
    `space = "${spaceKey}" and not (title = "nothing") and (id in (${id}, 1) or ${own})`,
  ];
}

const searches = (secret: Secret, path: string): Probe[] =>
  queriesFor(secret).map((cql) => ({ path: `${path}?${all}&cql=${encodeURIComponent(cql)}`, expects: 'silent' }));

/** Readers of the pages that point at a secret, which write down its title or its id themselves. */
function pointers(secret: Secret): Probe[] {
  const { id, byTitleId, byIdId, titleWord, title } = secret;
  const views = ['body.view', 'body.export_view', 'body.styled_view,version', 'body.anonymous_export_view'];
  return views.flatMap((view): Probe[] => [
    { path: `/rest/api/content/${byTitleId}?expand=${view}`, expects: 'silent', known: [titleWord] },
    { path: `/rest/api/content/${byIdId}?expand=${view}`, expects: 'silent', known: [id] },
    { path: `/rest/api/content?ids=${byTitleId}&expand=${view}`, expects: 'silent', known: [titleWord, title] },
  ]);
}

const listsOfContents = (path: string, query = ''): Probe[] =>
  silent(
    `${path}?${all}${query}`,
    `${path}?limit=50&expand=body.storage,body.view${query}`,
    `${path}?limit=25&${everything}${query}`,
  );

/** What addresses one content that is hidden: the page itself, what is below it, a comment on it. */
function addressing(secret: Secret): (suffix: string) => Probe[] {
  return (suffix) =>
    hidden(...[secret.id, secret.childId, secret.commentId].map((id) => `/rest/api/content/${id}${suffix}`));
}

/** Requests for each GET route of the gateway, by the route as the gateway registers it. */
export function surfacesOf(secret: Secret): Record<string, Probe[]> {
  const { id, spaceKey, parentId, word, title, fileName, attachmentId, tinyLink, hidesSpace } = secret;
  const of = addressing(secret);
  const content = '/rest/api/content';
  const space = `/rest/api/space/${spaceKey}`;
  /** The open parent's lists where the space is open, all of which are hidden with the space. */
  const around = (...paths: string[]): Probe[] => (hidesSpace ? hidden(...paths) : silent(...paths));
  const find = `&spaceKey=${spaceKey}`;
  const found = listsOfContents(content, find).concat(
    silent(`${content}?title=${encodeURIComponent(title)}${find}`),
    silent(`${content}?${all}&status=any${find}`, `${content}?${all}&type=comment${find}`),
  );
  return {
    '/rest/api/content': [
      ...(hidesSpace ? found.map(({ path }): Probe => ({ path, expects: 'hidden' })) : found),
      ...silent(
        `${content}?${all}&title=${encodeURIComponent(title.toUpperCase())}`,
        `${content}?ids=${id},${secret.childId}`,
      ),
      ...silent(`${content}?type=comment&ids=${secret.commentId}&expand=container`, `${content}?${all}`),
      ...pointers(secret),
    ],
    '/rest/api/content/scan': [
      ...around(`${content}/scan?${all}${find}`, `${content}/scan?limit=50&expand=body.storage,children.page${find}`),
      ...around(`${content}/scan?${all}&cursor=${parentId}${find}`, `${content}/scan?${all}&status=any${find}`),
    ],
    '/rest/api/content/search': searches(secret, `${content}/search`),
    '/rest/api/search': [
      ...searches(secret, '/rest/api/search'),
      ...['highlight', 'indexed', 'none'].flatMap((excerpt) =>
        silent(`/rest/api/search?${all}&excerpt=${excerpt}&cql=${encodeURIComponent(`text ~ "${word}"`)}`),
      ),
      ...silent(
        `/rest/api/search?${all}&expand=content.body.view,content.ancestors&cql=${encodeURIComponent(`text ~ "${word}"`)}`,
      ),
    ],
    '/rest/api/content/:id': [
      ...of(''),
      ...of(`?${everything}`),
      ...of('?status=any'),
      ...of('?version=1&status=historical'),
      ...hidden(
        `${content}/att${attachmentId}`,
        `${content}/att${attachmentId}?expand=container,version,history,space`,
      ),
      ...around(`${content}/${parentId}?${everything}`, `${content}/${parentId}?expand=body.view`),
      ...around(
        `${content}/${parentId}?expand=children.page`,
        `${content}/${parentId}?expand=descendants.page.body.view`,
      ),
      ...(hidesSpace ? [] : silent(`${content}/${parentId}?expand=space,children.page`)),
    ],
    '/rest/api/content/:id/child': [
      ...of('/child'),
      ...of('/child?expand=page,comment,attachment'),
      ...around(`${content}/${parentId}/child?expand=page.body.view,comment,attachment`),
    ],
    '/rest/api/content/:id/child/:type': [
      ...['page', 'comment', 'attachment'].flatMap((type) => of(`/child/${type}?${all}`)),
      ...around(
        `${content}/${parentId}/child/page?${all}&expand=children.page,version`,
        `${content}/${parentId}/child/page?limit=1`,
      ),
    ],
    '/rest/api/content/:id/descendant': [
      ...of('/descendant?expand=page'),
      ...around(`${content}/${parentId}/descendant?expand=page`),
    ],
    '/rest/api/content/:id/descendant/:type': [
      ...['page', 'comment'].flatMap((type) => of(`/descendant/${type}?${all}`)),
      ...around(`${content}/${parentId}/descendant/page?${all}&expand=ancestors`),
    ],
    '/rest/api/content/:id/history': of('/history?expand=lastUpdated,previousVersion,contributors'),
    '/rest/api/content/:id/history/:version/macro/:by/:key': hidden(`${content}/${id}/history/2/macro/id/macro-1`),
    '/rest/api/content/:id/label': of('/label'),
    '/rest/inlinecomments/1.0/comments': [id, secret.childId].flatMap((hiddenId) =>
      hidden(
        `/rest/inlinecomments/1.0/comments?containerId=${hiddenId}`,
        `/rest/inlinecomments/1.0/comments?containerId=${hiddenId}&resolved=true`,
      ),
    ),
    '/rest/inlinecomments/1.0/comments/:id/replies': hidden(
      `/rest/inlinecomments/1.0/comments/${secret.commentId}/replies`,
    ),
    '/rest/likes/1.0/content/:id/likes': of('').flatMap(({ path }) => {
      const likes = `${path.replace('/rest/api/', '/rest/likes/1.0/')}/likes`;
      return hidden(likes, `${likes}?commentLikes=true`);
    }),
    '/rest/api/content/:id/property': of('/property'),
    '/rest/api/content/:id/property/:key': hidden(`${content}/${id}/property/key-${word}`),
    '/rest/api/content/:id/restriction': of('/restriction'),
    '/rest/api/content/:id/restriction/byOperation': of('/restriction/byOperation'),
    '/rest/api/content/:id/restriction/byOperation/:operation': of('/restriction/byOperation/read'),
    '/rest/api/content/:id/restriction/relevantViewRestrictions': of('/restriction/relevantViewRestrictions'),
    '/rest/api/content/:id/version': of('/version?expand=content.body.storage'),
    '/rest/api/content/:id/version/:number': of('/version/1?expand=content.body.view'),
    '/rest/api/content/:id/watchers': of('/watchers'),
    '/rest/api/space': silent(
      `/rest/api/space?${all}&expand=homepage.body.view,description.plain,metadata.labels,permissions`,
      `/rest/api/space?spaceKey=${spaceKey}`,
      `/rest/api/space?spaceKey=${spaceKey}&expand=homepage.children.page`,
    ),
    '/rest/api/space/:key': around(space, `${space}?expand=homepage.body.view,description.plain,permissions`),
    '/rest/api/space/:key/content': around(`${space}/content?${all}`, `${space}/content?limit=50&expand=body.view`),
    '/rest/api/space/:key/content/:type': around(
      `${space}/content/page?${all}`,
      `${space}/content/page?${all}&depth=root&expand=children.page,descendants.page`,
    ),
    '/rest/api/space/:key/permissions': neutralOrHidden(secret, `${space}/permissions`),
    '/rest/api/space/:key/permissions/anonymous': neutralOrHidden(secret, `${space}/permissions/anonymous`),
    '/rest/api/space/:key/permissions/group/:name': neutralOrHidden(
      secret,
      `${space}/permissions/group/confluence-users`,
    ),
    '/rest/api/space/:key/permissions/user/:user': neutralOrHidden(
      secret,
      `${space}/permissions/user/${secret.userKey}`,
    ),
    '/rest/api/space/:key/trash': neutralOrHidden(secret, `${space}/trash`),
    '/rest/api/space/:key/watchers': neutralOrHidden(secret, `${space}/watchers`),
    '/rest/api/space/:spaceKey/property': neutralOrHidden(secret, `${space}/property`),
    '/rest/api/space/:spaceKey/property/:key': neutralOrHidden(secret, `${space}/property/shown`),
    '/rest/api/user/watch/content/:id': of('').map(({ path }) => ({
      path: path.replace('/api/', '/api/user/watch/'),
      expects: 'hidden',
    })),
    '/rest/api/user/watch/space/:key': neutralOrHidden(secret, `/rest/api/user/watch/space/${spaceKey}`),
    '/rest/tributary/1/watched/content': ofOneself(
      `/rest/tributary/1/watched/content?${all}&expand=version,space`,
      '/rest/tributary/1/watched/content?limit=50&expand=body.view,ancestors',
    ),
    '/rest/tributary/1/watched/space': ofOneself(`/rest/tributary/1/watched/space?${all}&expand=homepage.body.view`),
    '/rest/tributary/1/content/:id/incoming-links': [
      ...of('/incoming-links?expand=version,body.view').map(({ path }): Probe => ({
        path: path.replace('/rest/api/', '/rest/tributary/1/'),
        expects: 'hidden',
      })),
      ...around(`/rest/tributary/1/content/${parentId}/incoming-links?${all}`),
    ],
    '/rest/tributary/1/renamed-page': silent(
      `/rest/tributary/1/renamed-page?spaceKey=${spaceKey}&title=${encodeURIComponent(secret.formerTitle)}`,
    ),
    // Each author's own; what they show, and to whom, has a test of its own.
    '/rest/tributary/1/drafts': neutral('/rest/tributary/1/drafts'),
    '/rest/tributary/1/drafts/:id': neutral(`/rest/tributary/1/drafts/${id}`),
    '/download/attachments/:id/:name': hidden(
      `/download/attachments/${id}/${fileName}`,
      `/download/attachments/${id}/${fileName}?version=1&api=v2`,
      `/download/attachments/${id}/notes.txt`,
    ),
    '/download/thumbnails/:id/:name': hidden(`/download/thumbnails/${id}/${fileName}`),
    // One document for all addresses of the web application, with the page in it for those who may see it.
    '/display/*': [
      ...silent(`/display/${spaceKey}/${encodeURIComponent(title)}`),
      ...silent(`/pages/viewpage.action?spaceKey=${spaceKey}&title=${encodeURIComponent(title)}`),
      ...neutral(`/display/${spaceKey}`),
    ],
    '/pages/viewpage.action': silent(
      `/pages/viewpage.action?pageId=${id}`,
      `/pages/viewpage.action?pageId=${id}&version=1`,
      `/pages/viewpage.action?pageId=${secret.childId}`,
    ),
    '/pages/diffpagesbyversion.action': neutral(`/pages/diffpagesbyversion.action?pageId=${id}`),
    '/pages/resumedraft.action': neutral(`/pages/resumedraft.action?draftId=${id}`),
    '/pages/editpage.action': neutral(`/pages/editpage.action?pageId=${id}`),
    '/pages/createpage.action': neutral(`/pages/createpage.action?spaceKey=${spaceKey}&fromPageId=${id}`),
    '/pages/createblogpost.action': neutral(`/pages/createblogpost.action?spaceKey=${spaceKey}`),
    '/pages/viewrecentblogposts.action': neutral(`/pages/viewrecentblogposts.action?key=${spaceKey}`),
    '/pages/viewpreviousversions.action': neutral(`/pages/viewpreviousversions.action?pageId=${id}`),
    '/x/:tiny': neutral(tinyLink),
    '/spaces/*': [...neutral(`/spaces/${spaceKey}`), ...silent(`/spaces/${spaceKey}/pages/${id}/Any+title`)],
    '/search': neutral(`/search?text=${word}`),
    // The work of others: a task's message could name a space that is gone.
    '/rest/api/longtask': neutral('/rest/api/longtask'),
    '/rest/api/longtask/:id': neutral('/rest/api/longtask/1'),
  };
}

/** Of a space that everybody sees these show nothing of its contents; of one that is hidden, nothing at all. */
const neutralOrHidden = ({ hidesSpace }: Secret, path: string): Probe[] => (hidesSpace ? hidden(path) : neutral(path));

/** What is no GET route and answers from contents all the same. */
export function conversionsOf(secret: Secret): Probe[] {
  const { id, title, spaceKey, titleWord, parentId, byTitleId } = secret;
  const convert = (query: string, value: string, known: string[]): Probe => ({
    path: `/rest/api/contentbody/convert/view?${query}`,
    method: 'POST',
    body: { value, representation: 'storage' },
    expects: 'silent',
    known,
  });
  const named = `<ac:structured-macro ac:name="include"><ac:parameter ac:name=""><ac:link><ri:page ri:space-key="${spaceKey}" ri:content-title="${title}"/></ac:link></ac:parameter></ac:structured-macro>`;
  const listed = (parameter: string) =>
    `<ac:structured-macro ac:name="children"><ac:parameter ac:name="page">${parameter}</ac:parameter><ac:parameter ac:name="all">true</ac:parameter></ac:structured-macro>`;
  const ofParent: Probe = convert(`contentIdContext=${parentId}`, listed(''), []);
  return [
    convert(`contentIdContext=${byTitleId}`, named, [titleWord]),
    convert(`spaceKeyContext=${spaceKey}`, named, [titleWord]),
    convert(`spaceKeyContext=${spaceKey}`, listed(`<ac:link><ri:space ri:space-key="${spaceKey}"/></ac:link>`), []),
    convert(
      `spaceKeyContext=${spaceKey}`,
      listed(`<ac:link><ri:content-entity ri:content-id="${parentId}"/></ac:link>`),
      [],
    ),
    secret.hidesSpace ? { ...ofParent, expects: 'hidden' } : ofParent,
    { ...convert(`contentIdContext=${id}`, listed(''), []), expects: 'hidden' },
  ];
}
