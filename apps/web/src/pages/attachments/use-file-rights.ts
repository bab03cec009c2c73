import { useQuery } from '@tanstack/react-query';
import { operationsQuery, type Attachment } from '../../rest/page-sides';
import type { Page } from '../../rest/pages';
import { sessionQuery } from '../../rest/session';
import { mayIn, spaceToWriteInQuery } from '../../rest/spaces';

/** What the reader may do with a page's files, as far as the application can tell; the wiki decides. */
export function useFileRights({ id, status, space: { key } }: Page) {
  const { data: user } = useQuery(sessionQuery);
  const { data: operations = [] } = useQuery(operationsQuery(id));
  const { data: space } = useQuery({ ...spaceToWriteInQuery(key), enabled: user?.type === 'known' });
  const may = (target: string, right: string) =>
    status === 'current' && space !== undefined && mayIn(space, target, right);
  // Whoever may edit pages here but not this one, is kept from it by its restrictions.
  const isOpen = operations.includes('update') || !may('page', 'create');
  return {
    mayAdd: isOpen && may('attachment', 'create'),
    mayRemove: ({ history: { createdBy } }: Attachment): boolean => {
      const isOwn = user?.userKey !== undefined && createdBy.userKey === user.userKey;
      return isOpen && (may('attachment', 'delete') || (isOwn && may('space', 'delete_own')));
    },
  };
}
