import type { RunningCluster } from '@tributary/test-servers';
import { Somebody } from '../leaks/client.js';
import { storage } from '../requests.js';

/** What one reader was answered after one step, with what differs between two clusters by chance taken out. */
export interface Seen {
  readonly step: string;
  readonly reader: string;
  readonly path: string;
  readonly status: number;
  readonly text: string;
}

const password = 'a password of a reader';
const everything =
  'space,container,version,history.lastUpdated,history.contributors,ancestors,operations,body.storage,body.view,body.export_view,' +
  'restrictions.read.restrictions.user,restrictions.read.restrictions.group,metadata.labels,metadata.properties,children.page,children.comment';
const include = (title: string): string =>
  `<ac:structured-macro ac:name="include"><ac:parameter ac:name=""><ac:link><ri:page ri:content-title="${title}"/></ac:link></ac:parameter></ac:structured-macro>`;

/**
 * A wiki's life, played the same in any cluster: after each step all readers read all that there is, over all gateways and twice,
 * so that what is cached is asked for as well. Gateways that don't agree are told in `problems`.
 */
export class PlayedWiki {
  readonly seen: Seen[] = [];
  readonly problems: string[] = [];
  private readonly names = new Map<string, string>();
  private readonly ids: string[] = [];
  private readonly readers: Somebody[];
  private turns = 0;

  private constructor(
    private readonly cluster: RunningCluster,
    private readonly admin: Somebody,
  ) {
    this.readers = [admin, Somebody.anonymous];
  }

  static async play(cluster: RunningCluster): Promise<PlayedWiki> {
    const admin = await Somebody.withPassword('admin', cluster.password).withToken(cluster.url);
    const wiki = new PlayedWiki(cluster, admin);
    for (const [step, act] of wiki.steps()) {
      await act();
      await wiki.readAll(step);
    }
    return wiki;
  }

  private steps(): [string, () => Promise<unknown>][] {
    const included = () => this.ids[0] ?? '';
    const including = () => this.ids[1] ?? '';
    const readOnly = (isOn: boolean) => this.change('POST', '/rest/tributary/1/cluster/readonly', { readOnly: isOn });
    return [
      ['a user', () => this.welcomeReader()],
      ['a space', () => this.change('POST', '/rest/api/space', { key: 'PLAY', name: 'Played' })],
      ['a page', () => this.create('Included', '<p>first words</p>')],
      ['a page that includes it', () => this.create('Including', include('Included'))],
      ['other words in the included page', () => this.edit(included(), 'Included', 2, '<p>other words</p>')],
      [
        'a label',
        () => this.change('POST', `/rest/api/content/${included()}/label`, [{ prefix: 'global', name: 'played' }]),
      ],
      [
        'a property',
        () => this.change('POST', `/rest/api/content/${included()}/property`, { key: 'played', value: { a: 1 } }),
      ],
      ['a comment', () => this.comment(included(), '<p>a remark</p>')],
      ['a restriction of the included page', () => this.restrict(included(), [{ type: 'known', username: 'admin' }])],
      ['words that not all may read', () => this.edit(included(), 'Included', 3, '<p>hidden words</p>')],
      ['the end of the restriction', () => this.restrict(included(), [])],
      ['another title', () => this.edit(included(), 'Renamed', 4, '<p>hidden no more</p>')],
      ['another parent', () => this.change('PUT', `/rest/api/content/${including()}/move/append/${included()}`)],
      ['an upload', () => this.upload(included())],
      ['read-only mode', () => readOnly(true)],
      ['a write that is refused', () => this.try('POST', '/rest/api/space', { key: 'NO', name: 'No' })],
      ['the end of read-only mode', () => readOnly(false)],
      ['the trash', () => this.change('DELETE', `/rest/api/content/${included()}`)],
    ];
  }

  private async readAll(step: string): Promise<void> {
    for (const reader of this.readers) {
      for (const path of this.paths()) {
        const answers = [];
        for (const gateway of [...this.cluster.gateways, ...this.cluster.gateways]) {
          const { status, text } = await reader.ask(gateway, path);
          answers.push({ status, text: this.comparable(text) });
        }
        const [first] = answers;
        if (!first) throw new Error('The cluster has no gateway');
        const other = answers.find((answer) => answer.status !== first.status || answer.text !== first.text);
        if (other) this.problems.push(`${step}, ${reader.name}, ${path}: ${JSON.stringify([first, other])}`);
        this.seen.push({ step, reader: reader.name, path, ...first });
      }
    }
  }

  private paths(): string[] {
    const own = this.ids.flatMap((id) => [
      `/rest/api/content/${id}?expand=${everything}`,
      `/rest/api/content/${id}`,
      `/rest/api/content/${id}/label`,
      `/rest/api/content/${id}/child?expand=page,comment,attachment`,
      `/rest/api/content/${id}/restriction/byOperation`,
    ]);
    return [...own, '/rest/api/content?spaceKey=PLAY&limit=50', '/rest/api/space/PLAY', '/rest/api/user/current'];
  }

  /** Names and times that each cluster makes up for itself become their number in the order of their appearance. */
  private comparable(text: string): string {
    return text
      .replaceAll(/https?:\/\/127\.0\.0\.1:\d+/g, '')
      .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:?\d\d)/g, 'time')
      .replaceAll(/"(?:friendlyWhen|when|lastModified)":"[^"]*"/g, '"when"')
      .replaceAll(/\b[0-9a-f]{32}\b|\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g, (name) => this.nameOf(name))
      .replaceAll(/(modificationDate=|"modificationDate":|version=)\d{10,}/g, '$1time');
  }

  private nameOf(name: string): string {
    const known = this.names.get(name) ?? `name ${this.names.size}`;
    this.names.set(name, known);
    return known;
  }

  private async welcomeReader(): Promise<void> {
    await this.change('POST', '/rest/api/admin/user', { userName: 'reader', fullName: 'A Reader', password });
    this.readers.push(await Somebody.withPassword('reader', password).withToken(this.gateway()));
  }

  private async create(title: string, body: string): Promise<void> {
    const page = { type: 'page', title, space: { key: 'PLAY' }, body: storage(body) };
    this.ids.push((JSON.parse(await this.change('POST', '/rest/api/content', page)) as { id: string }).id);
  }

  private edit(id: string, title: string, number: number, body: string): Promise<string> {
    return this.change('PUT', `/rest/api/content/${id}`, {
      type: 'page',
      title,
      version: { number },
      body: storage(body),
    });
  }

  private comment(id: string, body: string): Promise<string> {
    return this.change('POST', '/rest/api/content', {
      type: 'comment',
      container: { id, type: 'page' },
      body: storage(body),
    });
  }

  private restrict(id: string, user: object[]): Promise<string> {
    const restrictions = { user, group: [] };
    return this.change('PUT', `/rest/api/content/${id}/restriction`, [{ operation: 'read', restrictions }]);
  }

  private async upload(id: string): Promise<void> {
    const form = new FormData();
    form.append('file', new Blob(['bytes'], { type: 'text/plain' }), 'played.txt');
    const { status, text } = await this.admin.ask(this.gateway(), `/rest/api/content/${id}/child/attachment`, {
      method: 'POST',
      form,
    });
    if (status >= 300) throw new Error(`The upload: ${status} ${text}`);
  }

  private async change(method: string, path: string, body?: unknown): Promise<string> {
    const { status, text } = await this.admin.ask(this.gateway(), path, { method, ...(body ? { body } : {}) });
    if (status >= 300) throw new Error(`${method} ${path}: ${status} ${text}`);
    return text;
  }

  /** What may be refused: the refusal is a part of what was seen. */
  private async try(method: string, path: string, body: unknown): Promise<void> {
    const { status, text } = await this.admin.ask(this.gateway(), path, { method, body });
    this.seen.push({ step: 'tried', reader: 'admin', path, status, text: this.comparable(text) });
  }

  /** Each change comes over another gateway than the one before. */
  private gateway(): string {
    const { gateways } = this.cluster;
    const gateway = gateways[(this.turns += 1) % gateways.length];
    if (!gateway) throw new Error('The cluster has no gateway');
    return gateway;
  }
}
