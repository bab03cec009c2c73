import { randomInt } from 'node:crypto';
import type { Somebody } from './client.js';
import { storage } from '../requests.js';

/** A page that some may not see, with everything that can hang on a page, and open pages that point at it. */
export interface Secret {
  readonly spaceKey: string;
  /** Whether the whole space is hidden, and not only the page and what is below it. */
  readonly hidesSpace: boolean;
  readonly id: string;
  readonly childId: string;
  readonly commentId: string;
  /** Digits, without `att`. */
  readonly attachmentId: string;
  readonly fileName: string;
  readonly title: string;
  /** What it was called at first. */
  readonly formerTitle: string;
  /** A word of its title, which open pages that link to it name. */
  readonly titleWord: string;
  /** A word of its bodies, labels, properties, files and comments, which is nowhere else. */
  readonly word: string;
  readonly tinyLink: string;
  readonly userKey: string;
  /** The open page that it stands under, whose body lists what is below it. */
  readonly parentId: string;
  /** Open pages whose bodies point at it by its title, and by its id. */
  readonly byTitleId: string;
  readonly byIdId: string;
}

const letters = 'bcdfghjklmnpqrstvwxz';
export const secretWord = (): string => Array.from({ length: 12 }, () => letters[randomInt(letters.length)]).join('');

const macro = (name: string, parameters: Record<string, string>, body = ''): string => {
  const given = Object.entries(parameters).map(
    ([key, value]) => `<ac:parameter ac:name="${key}">${value}</ac:parameter>`,
  );
  return `<ac:structured-macro ac:name="${name}" ac:macro-id="macro-1">${given.join('')}${body}</ac:structured-macro>`;
};

/** Everything that an open body can show of another page. */
export function pointingAt(target: string): string {
  const link = `<ac:link>${target}</ac:link>`;
  return [
    `<p>${link}<ac:link><ri:attachment ri:filename="notes.txt">${target}</ri:attachment></ac:link></p>`,
    `<p><ac:image><ri:attachment ri:filename="notes.txt">${target}</ri:attachment></ac:image></p>`,
    macro('include', { '': link }),
    macro('excerpt-include', { '': link }),
    macro('children', { page: link, all: 'true', excerptType: 'rich content' }),
    macro('pagetree', { root: link, startDepth: '5' }),
  ].join('');
}

const belowThis =
  macro('children', { all: 'true', excerptType: 'simple' }) + macro('pagetree', { root: '@self', startDepth: '5' });

/** Users of the wiki who watch every secret; who of them sees it is another matter. */
export const watchers = ['ines', 'fred', 'otto'] as const;

/** Where secrets are made, and by whom: somebody who may do everything. */
export interface Maker {
  readonly gateway: string;
  readonly administrator: Somebody;
  /** A space that everybody sees, for pages that point at secrets. */
  readonly pointersSpaceKey: string;
}

/** Makes a secret in a space; it is as visible as that. */
export async function makeSecret(maker: Maker, spaceKey: string, hidesSpace: boolean): Promise<Secret> {
  const { gateway, administrator: admin, pointersSpaceKey } = maker;
  const [titleWord, word] = [secretWord(), secretWord()];
  const create = async (space: string, title: string, body: string, parentId?: string): Promise<string> => {
    const ancestors = parentId ? { ancestors: [{ id: parentId }] } : {};
    const page = { type: 'page', title, space: { key: space }, body: storage(body), ...ancestors };
    return (await admin.do(gateway, 'POST', '/rest/api/content', page)).id;
  };
  const parentId = await create(spaceKey, `Open ${secretWord()}`, belowThis);
  const title = `Plan ${titleWord}`;
  const formerTitle = `Former ${titleWord}`;
  const id = await create(spaceKey, formerTitle, `<p>first ${word}</p>`, parentId);
  const toParent = `<ac:link><ri:content-entity ri:content-id="${parentId}"/></ac:link>`;
  const childId = await create(spaceKey, `Child ${word}`, `<p>${word} ${toParent}</p>`, id);
  const { commentId, attachmentId, fileName } = await furnish(maker, id, title, word);
  await watch(maker, `content/${id}`);
  await watch(maker, `space/${spaceKey}`);
  const byTitle = pointingAt(`<ri:page ri:space-key="${spaceKey}" ri:content-title="${title}"/>`);
  const byId = pointingAt(`<ri:content-entity ri:content-id="${id}"/>`);
  const shown = await admin.do<{ _links: { tinyui: string } }>(gateway, 'GET', `/rest/api/content/${id}`);
  const { userKey } = await admin.do<{ userKey: string }>(gateway, 'GET', '/rest/api/user/current');
  return {
    spaceKey,
    hidesSpace,
    id,
    childId,
    commentId,
    attachmentId,
    fileName,
    title,
    formerTitle,
    titleWord,
    word,
    userKey,
    tinyLink: shown._links.tinyui,
    parentId,
    byTitleId: await create(pointersSpaceKey, `By title ${secretWord()}`, byTitle),
    byIdId: await create(pointersSpaceKey, `By id ${secretWord()}`, byId),
  };
}

/** Who may not see it, has watched it all the same, when it was open perhaps. */
async function watch({ gateway, administrator: admin }: Maker, target: string): Promise<void> {
  for (const username of watchers)
    await admin.do(gateway, 'POST', `/rest/api/user/watch/${target}?username=${username}`);
}

/** Hangs on a page what can hang on one. */
async function furnish({ gateway, administrator: admin }: Maker, id: string, title: string, word: string) {
  const path = `/rest/api/content/${id}`;
  const excerpt = macro('excerpt', {}, `<ac:rich-text-body><p>in short ${word}</p></ac:rich-text-body>`);
  const version = { number: 2, message: `because ${word}` };
  await admin.do(gateway, 'PUT', path, {
    type: 'page',
    title,
    version,
    body: storage(`<p>second ${word}</p>${excerpt}`),
  });
  await admin.do(gateway, 'POST', `${path}/label`, [{ prefix: 'global', name: `label-${word}` }]);
  await admin.do(gateway, 'POST', `${path}/property`, { key: `key-${word}`, value: { text: word } });
  await admin.do(gateway, 'POST', `/rest/api/user/watch/content/${id}`);
  const container = { id, type: 'page' };
  const comment = await admin.do(gateway, 'POST', '/rest/api/content', {
    type: 'comment',
    container,
    body: storage(`<p>${word}</p>`),
  });
  const fileName = `notes-${word}.txt`;
  const files = [fileName, 'notes.txt'];
  const made: string[] = [];
  for (const name of files) {
    const form = new FormData();
    form.append('file', new Blob([`bytes of ${word}`], { type: 'text/plain' }), name);
    form.append('comment', `about ${word}`);
    const { results } = await admin.do<{ results: { id: string }[] }>(
      gateway,
      'POST',
      `${path}/child/attachment`,
      form,
    );
    made.push(results[0]?.id.replace(/^att/, '') ?? '');
  }
  return { commentId: comment.id, attachmentId: made[0] ?? '', fileName };
}
