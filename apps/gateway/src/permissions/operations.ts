import { badRequest, globalPermissions, type GlobalPermission, type pages } from '@tributary/contracts';
import { objectOf, textAt } from '../edge/bodies.js';

/** What a permission allows, as Confluence names it. */
export interface OperationDescription {
  readonly targetType: string;
  readonly operationKey: string;
}

/** Our global permissions by Confluence's names. */
const globalOperations: Record<GlobalPermission, OperationDescription> = {
  use: { targetType: 'application', operationKey: 'use' },
  administer: { targetType: 'application', operationKey: 'administer' },
  systemAdminister: { targetType: 'system', operationKey: 'administer' },
  personalSpace: { targetType: 'personal_space', operationKey: 'create' },
  createSpace: { targetType: 'space', operationKey: 'create' },
};

export const presentGlobalPermission = (permission: GlobalPermission): OperationDescription =>
  globalOperations[permission];

/** The operations of a request: a list of `{targetType, operationKey}`. */
export function operationsIn(body: unknown): OperationDescription[] {
  if (!Array.isArray(body)) throw badRequest('A list of operations is expected');
  return body.map((each) => {
    const operation = objectOf(each);
    const [targetType, operationKey] = [textAt(operation, 'targetType'), textAt(operation, 'operationKey')];
    if (!targetType || !operationKey) throw badRequest('An operation needs targetType and operationKey');
    return { targetType, operationKey };
  });
}

export function globalPermissionsIn(body: unknown): GlobalPermission[] {
  return operationsIn(body).map(({ targetType, operationKey }) => {
    const permission = globalPermissions.find((each) => {
      const operation = globalOperations[each];
      return operation.targetType === targetType && operation.operationKey === operationKey;
    });
    if (!permission) throw badRequest(`There is no global permission '${operationKey}' of '${targetType}'`);
    return permission;
  });
}

/** Space operations; the owner's contract says which there are. */
export const spaceOperationsIn = (body: unknown): pages.SpaceOperation[] =>
  operationsIn(body) as pages.SpaceOperation[];
