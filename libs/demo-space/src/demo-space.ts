import { english } from './english.js';
import { japanese } from './japanese.js';

export const demoSpaceKey = 'DEMO';
export type DemoLanguage = 'en' | 'ja';

/** Asks the REST API as somebody who may create spaces; `path` is what follows `/rest/`. Rejects when the answer is no success. */
export type Send = <T>(method: string, path: string, body?: unknown) => Promise<T>;

export interface DemoPage {
  readonly title: string;
  readonly body: string;
  readonly pages?: readonly DemoPage[];
}

/** A space that explains the wiki; the home page's title is the space's name. */
export interface DemoSpace {
  readonly name: string;
  readonly description: string;
  readonly home: string;
  readonly pages: readonly DemoPage[];
}

const spaces: Record<DemoLanguage, DemoSpace> = { en: english, ja: japanese };
const bodyOf = (value: string) => ({ storage: { value, representation: 'storage' } });

/** Makes the space that explains itself, through the same requests as everybody's pages. Rejects when it is there already. */
export async function addDemoSpace(send: Send, language: DemoLanguage): Promise<void> {
  const { name, description, home, pages } = spaces[language];
  await send('POST', 'api/space', {
    key: demoSpaceKey,
    name,
    description: { plain: { value: description, representation: 'plain' } },
  });
  const { homepage } = await send<{ homepage: { id: string } }>('GET', `api/space/${demoSpaceKey}?expand=homepage`);
  const { version } = await send<{ version: { number: number } }>('GET', `api/content/${homepage.id}?expand=version`);
  await send('PUT', `api/content/${homepage.id}`, {
    type: 'page',
    title: name,
    version: { number: version.number + 1 },
    body: bodyOf(home),
  });
  await addPages(send, homepage.id, pages);
}

/** Deletes the space with all that was added to it; answers the id of the long task that does it. */
export async function removeDemoSpace(send: Send): Promise<string> {
  return (await send<{ id: string }>('DELETE', `api/space/${demoSpaceKey}`)).id;
}

/** One after the other: a page comes before those below it. */
async function addPages(send: Send, parentId: string, pages: readonly DemoPage[]): Promise<void> {
  for (const { title, body, pages: below = [] } of pages) {
    const page = {
      type: 'page',
      title,
      space: { key: demoSpaceKey },
      ancestors: [{ id: parentId }],
      body: bodyOf(body),
    };
    const { id } = await send<{ id: string }>('POST', 'api/content', page);
    await addPages(send, id, below);
  }
}
