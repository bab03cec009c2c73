import { queryOptions } from '@tanstack/react-query';
import type { Send } from '@tributary/demo-space';
import type { Language } from '../messages/language';
import { get, send } from './client';
import { json } from './requests';

export interface Site {
  readonly name: string;
  /** Nobody has set the wiki up yet. */
  readonly needsSetup: boolean;
  /** Of readers whose browser asks for none that the wiki has. */
  readonly language: Language;
}

const freshMillis = 60_000;

/** What everybody sees of the wiki as a whole, strangers too. */
export const siteQuery = queryOptions({
  queryKey: ['site'],
  queryFn: ({ signal }) => get<Site>('/rest/tributary/1/site', signal),
  staleTime: freshMillis,
});

export interface FirstSetUp {
  readonly code: string;
  readonly siteName: string;
  readonly language: Language;
  readonly username: string;
  readonly displayName: string;
  readonly password: string;
}

export async function setUpSite(values: FirstSetUp): Promise<void> {
  await send('/rest/tributary/1/site/setup', json('POST', values));
}

export async function changeSite(site: Pick<Site, 'name' | 'language'>): Promise<void> {
  await send('/rest/tributary/1/site', json('PUT', site));
}

/** Makes a space that explains the wiki, in the reader's language, and answers its key; what it holds is loaded for this only. */
export async function makeDemoSpace(language: Language): Promise<string> {
  const { addDemoSpace, demoSpaceKey } = await import('@tributary/demo-space');
  await addDemoSpace(sendTo, language);
  return demoSpaceKey;
}

const sendTo: Send = async (method, path, body) =>
  (await send(`/rest/${path}`, body === undefined ? { method } : json(method, body))).json();
