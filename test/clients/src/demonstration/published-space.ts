import type { RunningCluster } from '@tributary/test-servers';

/** As many as an answer with bodies may hold. */
const pagesAtOnce = 50;
const readMillisMax = 60_000;
const expand = 'version,ancestors,metadata.labels,body.storage,body.view,children.attachment';

/** A page as the REST API shows it, as far as a publication is concerned. */
export interface PublishedPage {
  readonly id: string;
  readonly title: string;
  readonly version: { readonly number: number; readonly message: string };
  readonly ancestors: readonly { readonly id: string; readonly title: string }[];
  readonly metadata: { readonly labels: { readonly results: readonly { readonly name: string }[] } };
  readonly body: { readonly storage: { readonly value: string }; readonly view: { readonly value: string } };
}

export interface PublishedAttachment {
  readonly title: string;
  readonly metadata: { readonly mediaType: string };
  readonly _links: { readonly download: string };
}

interface List<T> {
  readonly results: readonly T[];
  readonly _links: { readonly next?: string };
}

/** A space as one gateway shows it to the administrator. */
export class PublishedSpace {
  constructor(
    private readonly cluster: RunningCluster,
    private readonly gateway: string,
    private readonly spaceKey: string,
  ) {}

  /** All pages with their bodies, stored and rendered; follows the lists' own links. */
  async pages(): Promise<PublishedPage[]> {
    const first = `/rest/api/content?spaceKey=${this.spaceKey}&type=page&limit=${pagesAtOnce}&expand=${expand}`;
    return await this.all<PublishedPage>(first);
  }

  async attachments(pageId: string): Promise<PublishedAttachment[]> {
    return await this.all<PublishedAttachment>(`/rest/api/content/${pageId}/child/attachment`);
  }

  /** How many pages a search by CQL finds. */
  async found(): Promise<number> {
    const cql = encodeURIComponent(`space = ${this.spaceKey} and type = page`);
    const { totalSize } = await this.get<{ totalSize: number }>(`/rest/api/search?cql=${cql}&limit=1`);
    return totalSize;
  }

  async homepageTitle(): Promise<string> {
    const space = await this.get<{ homepage: { title: string } }>(`/rest/api/space/${this.spaceKey}?expand=homepage`);
    return space.homepage.title;
  }

  async download(path: string): Promise<Buffer> {
    return Buffer.from(await (await this.request(path)).arrayBuffer());
  }

  async get<T>(path: string): Promise<T> {
    return (await (await this.request(path)).json()) as T;
  }

  /** All of a list, by its own links to what follows. */
  async all<T>(first: string): Promise<T[]> {
    const results: T[] = [];
    for (let path: string | undefined = first; path !== undefined;) {
      const list: List<T> = await this.get<List<T>>(path);
      results.push(...list.results);
      path = list._links.next;
    }
    return results;
  }

  private async request(path: string): Promise<Response> {
    const response = await fetch(`${this.gateway}${path}`, {
      headers: { authorization: this.cluster.administrator },
      signal: AbortSignal.timeout(readMillisMax),
    });
    if (!response.ok) throw new Error(`GET ${path}: ${response.status} ${await response.text()}`);
    return response;
  }
}
