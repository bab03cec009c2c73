import { send } from './client';
import { json } from './requests';

/** Who else has a page open in an editor, and the page's newest version. */
export interface Editing {
  readonly editors: readonly { readonly username: string; readonly displayName: string }[];
  readonly version: { readonly number: number; readonly by: { readonly displayName: string } };
}

/** Says that an editor is open, or that it closes. Throws ApiError. */
export async function markEditing(id: string, session: string, leaving: boolean): Promise<Editing> {
  const path = `/rest/tributary/1/content/${encodeURIComponent(id)}/editing`;
  const response = await send(path, { ...json('POST', { session, leaving }), keepalive: leaving });
  return response.json() as Promise<Editing>;
}
