import { identity, type pages } from '@tributary/contracts';
import type { Work } from '@tributary/database';

type SpaceOperation = pages.SpaceOperation;
const op = (
  targetType: SpaceOperation['targetType'],
  operationKey: SpaceOperation['operationKey'],
): SpaceOperation => ({
  targetType,
  operationKey,
});

/** Every right in a space: what its creator gets. */
export const allSpaceOperations: readonly SpaceOperation[] = [
  op('space', 'read'),
  op('space', 'delete_own'),
  op('page', 'create'),
  op('page', 'delete'),
  op('blogpost', 'create'),
  op('blogpost', 'delete'),
  op('comment', 'create'),
  op('comment', 'delete'),
  op('attachment', 'create'),
  op('attachment', 'delete'),
  op('space', 'restrict'),
  op('space', 'export'),
  op('space', 'delete_mail'),
  op('space', 'archive'),
  op('space', 'administer'),
];

/** What every signed-in user may do in a new space that isn't private, as Confluence's default is. */
const memberOperations: readonly SpaceOperation[] = [
  op('space', 'read'),
  op('space', 'delete_own'),
  op('page', 'create'),
  op('blogpost', 'create'),
  op('comment', 'create'),
  op('attachment', 'create'),
  op('space', 'restrict'),
  op('space', 'export'),
];

/** A subject as two columns. */
export const subjectColumns = (subject: identity.Subject): [kind: string, subject: string] => {
  if (subject.kind === 'user') return ['user', subject.userKey];
  return subject.kind === 'group' ? ['group', subject.name] : ['anonymous', ''];
};

export async function grant(
  work: Work,
  spaceId: string,
  subject: identity.Subject,
  operations: readonly SpaceOperation[],
): Promise<void> {
  await work.query(
    `insert into space_permission (space_id, subject_kind, subject, target_type, operation_key)
     select $1::bigint, $2, $3, * from unnest($4::text[], $5::text[]) on conflict do nothing`,
    [
      spaceId,
      ...subjectColumns(subject),
      operations.map((each) => each.targetType),
      operations.map((each) => each.operationKey),
    ],
  );
}

export async function revoke(
  work: Work,
  spaceId: string,
  subject: identity.Subject,
  operations: readonly SpaceOperation[],
): Promise<void> {
  await work.query(
    `delete from space_permission where space_id = $1 and subject_kind = $2 and subject = $3
       and (target_type, operation_key) in (select * from unnest($4::text[], $5::text[]))`,
    [
      spaceId,
      ...subjectColumns(subject),
      operations.map((each) => each.targetType),
      operations.map((each) => each.operationKey),
    ],
  );
}

/** Rights in a space that has just been made. */
export async function grantDefaults(
  work: Work,
  spaceId: string,
  creatorKey: string,
  isPrivate: boolean,
): Promise<void> {
  await grant(work, spaceId, { kind: 'user', userKey: creatorKey }, allSpaceOperations);
  if (!isPrivate) await grant(work, spaceId, { kind: 'group', name: identity.groupUsers }, memberOperations);
}
