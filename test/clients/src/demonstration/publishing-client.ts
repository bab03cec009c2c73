import { spawn, type ChildProcess } from 'node:child_process';
import { cp, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { DjangoDocumentation } from './django-documentation.js';

const shownLogCharacters = 4_000;
/** Writes and publishes all of Django's documentation, on a machine that is busy with the cluster, too. */
const publishMillisMax = 800_000;
const publishingMark = 'publishing documents...';

/** By name and password, or by a personal access token. */
export type Credentials = { readonly user: string; readonly password: string } | { readonly token: string };

export interface Publication {
  /** Base URL of a gateway or of a load balancer. */
  readonly url: string;
  readonly spaceKey: string;
  readonly credentials: Credentials;
  /** Where the client keeps its doctrees and writes the bodies that it publishes. */
  readonly folder: string;
  /** Options of the client as its documentation lists them, without `confluence_`. */
  readonly settings: Readonly<Record<string, string>>;
}

/** The unmodified client sphinxcontrib-confluencebuilder while it builds and publishes a documentation. */
export class PublishingClient {
  private log = '';
  private readonly exited: Promise<number | null>;
  private exitCode: number | null | undefined;
  private publishingSince = 0;

  private constructor(
    private readonly child: ChildProcess,
    readonly output: string,
  ) {
    const collect = (part: Buffer): void => {
      this.log += part.toString();
      if (this.publishingSince === 0 && this.log.includes(publishingMark)) this.publishingSince = performance.now();
    };
    child.stdout?.on('data', collect);
    child.stderr?.on('data', collect);
    this.exited = new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (code) => resolve((this.exitCode = code)));
    });
  }

  static async start(
    python: string,
    documentation: DjangoDocumentation,
    publication: Publication,
  ): Promise<PublishingClient> {
    const { url, spaceKey, folder, settings } = publication;
    const doctrees = join(folder, 'doctrees');
    const output = join(folder, 'output');
    await cp(documentation.doctrees, doctrees, { recursive: true });
    const options = { publish: '1', server_url: `${url}/`, space_key: spaceKey, ...settings };
    const flags = Object.entries(options).flatMap(([name, value]) => ['-D', `confluence_${name}=${value}`]);
    const build = ['-m', 'sphinx', '-b', 'confluence', '-a', '-d', doctrees, documentation.sources, output];
    // The client takes secrets from its environment, where no list of processes shows them.
    const env = { ...process.env, PYTHONUNBUFFERED: '1', ...secretsOf(publication.credentials) };
    return new PublishingClient(
      spawn(python, [...build, ...flags], { env, stdio: ['ignore', 'pipe', 'pipe'] }),
      output,
    );
  }

  /** Whether it is sending pages now. */
  get isPublishing(): boolean {
    return this.exitCode === undefined && this.publishingSince > 0;
  }

  /** How often it tried again what had failed. */
  get retries(): number {
    return this.log.match(/; retrying|retrying in \d+ seconds/g)?.length ?? 0;
  }

  /** Waits for its end and gives the seconds that publishing took; throws with the end of its log when it gave up. */
  async finish(): Promise<number> {
    const timer = setTimeout(() => this.child.kill('SIGKILL'), publishMillisMax);
    try {
      const code = await this.exited;
      if (code !== 0) throw new Error(`The client ended with ${code}:\n${this.log.slice(-shownLogCharacters)}`);
      return (performance.now() - this.publishingSince) / 1_000;
    } finally {
      clearTimeout(timer);
    }
  }

  async stop(): Promise<void> {
    this.child.kill('SIGKILL');
    await this.exited;
  }
}

const secretsOf = (credentials: Credentials): Record<string, string> =>
  'token' in credentials
    ? { CONFLUENCE_PUBLISH_TOKEN: credentials.token }
    : { CONFLUENCE_SERVER_USER: credentials.user, CONFLUENCE_SERVER_PASS: credentials.password };

/** A page as the client built it. */
export interface BuiltPage {
  readonly title: string;
  readonly parentTitle: string | undefined;
  readonly storage: string;
  readonly attachments: readonly BuiltAttachment[];
}

export interface BuiltAttachment {
  readonly name: string;
  readonly mediaType: string;
  readonly bytes: Buffer;
}

interface Manifest {
  readonly pages: readonly { readonly id: string; title: string; parentTitle?: string; path: string }[];
  readonly attachments?: readonly { id: string; pageId: string; mimeType: string; path: string }[];
}

/** What the client published, by its own account: it writes a manifest beside the bodies. */
export async function builtPages(output: string): Promise<BuiltPage[]> {
  const manifest = JSON.parse(await readFile(join(output, 'scb-manifest.json'), 'utf8')) as Manifest;
  return await Promise.all(
    manifest.pages.map(async ({ id, title, parentTitle, path }) => ({
      title,
      parentTitle,
      storage: await readFile(join(output, path), 'utf8'),
      attachments: await Promise.all(
        (manifest.attachments ?? [])
          .filter(({ pageId }) => pageId === id)
          .map(async (attachment) => ({
            name: attachment.id,
            mediaType: attachment.mimeType,
            bytes: await readFile(join(output, attachment.path)),
          })),
      ),
    })),
  );
}
