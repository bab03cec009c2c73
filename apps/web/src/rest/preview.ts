import { queryOptions } from '@tanstack/react-query';
import { currentLanguage } from '../messages/language';
import { send } from './client';
import { json } from './requests';

/** Where a text stands, for macros and links: a page, or a space for a page that isn't there yet. */
export interface PreviewContext {
  readonly pageId: string | undefined;
  readonly spaceKey: string;
}

/** A body as readers would see it. */
export const previewQuery = (value: string, { pageId, spaceKey }: PreviewContext) =>
  queryOptions({
    queryKey: ['preview', currentLanguage(), pageId, spaceKey, value],
    queryFn: async ({ signal }) => {
      const context = new URLSearchParams(
        pageId === undefined ? { spaceKeyContext: spaceKey } : { contentIdContext: pageId },
      );
      const asked = { ...json('POST', { value, representation: 'storage' }), signal };
      const response = await send(`/rest/api/contentbody/convert/view?${context.toString()}`, asked);
      return ((await response.json()) as { readonly value: string }).value;
    },
    staleTime: 0,
    gcTime: 0,
  });
