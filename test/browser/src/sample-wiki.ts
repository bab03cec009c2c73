import { elements, handbookHome, imageName, japanese, onCall } from './sample-bodies.js';

/** A gateway's REST API as one user sees it; anything but success is an error. */
export class RestClient {
  constructor(
    private readonly url: string,
    private readonly authorization: string,
  ) {}

  async send<T = Record<string, unknown>>(method: string, path: string, body?: unknown): Promise<T> {
    const isForm = body instanceof FormData;
    const response = await fetch(`${this.url}${path}`, {
      method,
      headers: {
        authorization: this.authorization,
        'x-atlassian-token': 'no-check',
        ...(body === undefined || isForm ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: isForm ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return (text === '' ? {} : JSON.parse(text)) as T;
  }

  /** Writes a page's next version; it keeps its title where none is given. */
  async edit(
    id: string,
    body: string,
    given: { readonly title?: string; readonly message?: string } = {},
  ): Promise<void> {
    const { title, version } = await this.send<{ title: string; version: { number: number } }>(
      'GET',
      `/rest/api/content/${id}`,
    );
    const { message } = given;
    await this.send('PUT', `/rest/api/content/${id}`, {
      type: 'page',
      title: given.title ?? title,
      version: { number: version.number + 1, ...(message === undefined ? {} : { message }) },
      body: { storage: { value: body, representation: 'storage' } },
    });
  }
}

/** Pages of the sample space by what they are for. */
export interface SamplePages {
  readonly home: string;
  readonly onCall: string;
  readonly runbooks: string;
  readonly restore: string;
  readonly elements: string;
  readonly japanese: string;
  readonly longTitle: string;
  readonly hidden: string;
}

export const longTitle =
  'What we agreed about naming things: services, spaces, labels, branches and the files that build machines leave behind, with every exception and the reason for it';

const image =
  '<svg xmlns="http://www.w3.org/2000/svg" width="640" height="240"><rect width="640" height="240" fill="#eef4f4"/>' +
  '<g fill="#0f6e6e"><rect x="40" y="80" width="140" height="80" rx="10"/><rect x="250" y="80" width="140" height="80" rx="10"/><rect x="460" y="80" width="140" height="80" rx="10"/></g></svg>';

/** A small wiki: a space with three levels of pages in two languages, a space without any, and a reader. */
export class SampleWiki {
  constructor(private readonly rest: RestClient) {}

  async create(): Promise<SamplePages> {
    await this.rest.send('POST', '/rest/api/admin/user', {
      userName: 'reader',
      fullName: 'Rei Ishikawa',
      email: 'reader@example.org',
      password: 'reader-password',
      notifyViaEmail: false,
    });
    await this.space('EMPTY', '空のスペース', 'まだ何もありません。');
    const home = await this.space(
      'OPS',
      'Operations handbook',
      'How we run things, and what to do when they stop running.',
    );
    await this.rest.edit(home, handbookHome, { title: 'Operations handbook', message: 'Written down' });
    const guide = await this.page(home, 'On-call guide', '<p>To be written.</p>');
    await this.rest.edit(guide, onCall, { title: 'On-call guide', message: 'Written down' });
    await this.rest.send('POST', `/rest/api/content/${guide}/label`, [
      { prefix: 'global', name: 'on-call' },
      { prefix: 'global', name: 'incident' },
      { prefix: 'global', name: '障害対応' },
    ]);
    const runbooks = await this.page(home, 'Runbooks', '<p>One page for each thing that can break.</p>');
    const restore = await this.page(runbooks, 'Restore a backup', '<p>Stop the writers, then restore.</p>');
    const japanesePage = await this.page(restore, 'バックアップからの復元手順', japanese);
    await this.page(runbooks, 'Rotate certificates', '');
    const elementsPage = await this.page(home, 'Every element', '<p>On its way.</p>');
    await this.attach(elementsPage);
    await this.rest.edit(elementsPage, elements, { title: 'Every element', message: 'Written down' });
    const long = await this.page(home, longTitle, '<p>Short.</p>');
    const personnel = await this.page(home, 'Personnel', '<p>Ask us.</p>');
    const hidden = await this.page(personnel, 'Salaries', '<p>Not for everyone.</p>');
    await this.rest.send('PUT', `/rest/experimental/content/${hidden}/restriction`, [
      { operation: 'read', restrictions: { user: [{ type: 'known', username: 'admin' }] } },
    ]);
    return {
      home,
      onCall: guide,
      runbooks,
      restore,
      elements: elementsPage,
      japanese: japanesePage,
      longTitle: long,
      hidden,
    };
  }

  /** Makes a space and answers its home page's id. */
  private async space(key: string, name: string, description: string): Promise<string> {
    await this.rest.send('POST', '/rest/api/space', {
      key,
      name,
      description: { plain: { value: description, representation: 'plain' } },
    });
    const { homepage } = await this.rest.send<{ homepage: { id: string } }>(
      'GET',
      `/rest/api/space/${key}?expand=homepage`,
    );
    return homepage.id;
  }

  private async page(parent: string, title: string, body: string): Promise<string> {
    const page = await this.rest.send<{ id: string }>('POST', '/rest/api/content', {
      type: 'page',
      title,
      space: { key: 'OPS' },
      ancestors: [{ id: parent }],
      body: { storage: { value: body, representation: 'storage' } },
    });
    return page.id;
  }

  private async attach(id: string): Promise<void> {
    const form = new FormData();
    form.append('file', new Blob([image], { type: 'image/svg+xml' }), imageName);
    await this.rest.send('POST', `/rest/api/content/${id}/child/attachment`, form);
  }
}
