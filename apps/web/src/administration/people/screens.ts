/** Users, groups and permissions are one chunk. */
export { GroupsScreen } from './groups-screen';
export { PermissionsScreen } from './permissions-screen';
export { UsersScreen } from './users-screen';
