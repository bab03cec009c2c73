import { useMatches } from '@tanstack/react-router';
import type { Page } from '../rest/pages';
import type { Space } from '../rest/spaces';

/** The space that is read, and the page of it. */
export interface Shown {
  readonly space: Space;
  readonly page?: Page;
}

const hasSpace = (data: unknown): data is Shown =>
  typeof data === 'object' && data !== null && 'space' in data && data.space !== undefined;

/** Where the reader is; undefined on screens that are no space's. */
export const useShown = (): Shown | undefined =>
  useMatches({ select: (matches) => matches.map((match) => match.loaderData as unknown).find(hasSpace) });
