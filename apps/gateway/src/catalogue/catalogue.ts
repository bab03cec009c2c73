/**
 * Every operation of Confluence Data Center's REST API v1 that Tributary promises: method and path. What has no route yet
 * answers 501; a specification holds every line against the routes.
 */
export const catalogue = [
  // Access Mode
  'GET /rest/api/accessmode',
  // Admin Group
  'POST /rest/api/admin/group',
  'DELETE /rest/api/admin/group/{groupName}',
  // Admin Space
  'POST /rest/api/admin/space/personal/{username}',
  // Admin User
  'POST /rest/api/admin/user/{username}/password',
  'POST /rest/api/admin/user',
  'PUT /rest/api/admin/user/{username}',
  'DELETE /rest/api/admin/user/{username}',
  'PUT /rest/api/admin/user/{username}/disable',
  'PUT /rest/api/admin/user/{username}/enable',
  // Admin Users
  'GET /rest/api/admin/users/list/active',
  // Attachments
  'GET /rest/api/content/{id}/child/attachment',
  'POST /rest/api/content/{id}/child/attachment',
  'POST /rest/api/content/{id}/child/attachment/{attachmentId}/move',
  'PUT /rest/api/content/{id}/child/attachment/{attachmentId}',
  'DELETE /rest/api/content/{id}/child/attachment/{attachmentId}',
  'DELETE /rest/api/content/{id}/child/attachment/{attachmentId}/version/{version}',
  'POST /rest/api/content/{id}/child/attachment/{attachmentId}/data',
  // Backup And Restore
  'PUT /rest/api/backup-restore/jobs/clear-queue',
  'PUT /rest/api/backup-restore/jobs/{jobId}/cancel',
  'POST /rest/api/backup-restore/backup/site',
  'POST /rest/api/backup-restore/restore/site',
  'POST /rest/api/backup-restore/restore/site/upload',
  'POST /rest/api/backup-restore/backup/space',
  'POST /rest/api/backup-restore/restore/space',
  'POST /rest/api/backup-restore/restore/space/upload',
  'GET /rest/api/backup-restore/jobs/{jobId}/download',
  'GET /rest/api/backup-restore/jobs',
  'GET /rest/api/backup-restore/restore/files',
  'GET /rest/api/backup-restore/jobs/{jobId}',
  // Category
  'POST /rest/api/space/{spaceKey}/category/{labelName}',
  'DELETE /rest/api/space/{spaceKey}/category/{categoryName}',
  // Child Content
  'GET /rest/api/content/{id}/child',
  'GET /rest/api/content/{id}/child/{type}',
  'GET /rest/api/content/{id}/child/comment',
  // Cluster Information
  'GET /rest/api/cluster/nodes',
  // Content Blueprint
  'PUT /rest/api/content/blueprint/instance/{draftId}',
  'POST /rest/api/content/blueprint/instance/{draftId}',
  // Content Body
  'POST /rest/api/contentbody/convert/{to}',
  // Content Descendant
  'GET /rest/api/content/{id}/descendant',
  'GET /rest/api/content/{id}/descendant/{type}',
  // Content Labels
  'GET /rest/api/content/{id}/label',
  'POST /rest/api/content/{id}/label',
  'DELETE /rest/api/content/{id}/label',
  'DELETE /rest/api/content/{id}/label/{label}',
  // Content Property
  'GET /rest/api/content/{id}/property',
  'POST /rest/api/content/{id}/property',
  'GET /rest/api/content/{id}/property/{key}',
  'PUT /rest/api/content/{id}/property/{key}',
  'POST /rest/api/content/{id}/property/{key}',
  'DELETE /rest/api/content/{id}/property/{key}',
  // Content Resource
  'GET /rest/api/content',
  'POST /rest/api/content',
  'GET /rest/api/content/{id}',
  'DELETE /rest/api/content/{id}',
  'GET /rest/api/content/{id}/history',
  'GET /rest/api/content/{id}/history/{version}/macro/hash/{hash}',
  'GET /rest/api/content/{id}/history/{version}/macro/id/{macroId}',
  'GET /rest/api/content/scan',
  'GET /rest/api/content/search',
  // Content Restrictions
  'GET /rest/api/content/{id}/restriction/byOperation',
  'GET /rest/api/content/{id}/restriction/byOperation/{operationKey}',
  'GET /rest/api/content/{id}/restriction/relevantViewRestrictions',
  'PUT /rest/api/content/{id}/restriction',
  // Content Version
  'DELETE /rest/api/content/{id}/version/{versionNumber}',
  // Content Watchers
  'GET /rest/api/content/{contentId}/watchers',
  // Default
  'GET /rest/api/audit',
  // Global Color Scheme
  'GET /rest/api/color-scheme/default',
  'GET /rest/api/color-scheme',
  'PUT /rest/api/color-scheme',
  'PUT /rest/api/color-scheme/reset',
  // Global Permissions
  'GET /rest/api/permissions',
  'PUT /rest/api/permissions',
  'GET /rest/api/permissions/anonymous',
  'GET /rest/api/permissions/group/{groupName}',
  'GET /rest/api/permissions/unlicensed',
  'GET /rest/api/permissions/user/{user}',
  'PUT /rest/api/permissions/anonymous/grant',
  'PUT /rest/api/permissions/group/{groupName}/grant',
  'PUT /rest/api/permissions/unlicensed/grant',
  'PUT /rest/api/permissions/user/{user}/grant',
  'PUT /rest/api/permissions/anonymous/revoke',
  'PUT /rest/api/permissions/group/{groupName}/revoke',
  'PUT /rest/api/permissions/unlicensed/revoke',
  'PUT /rest/api/permissions/user/{user}/revoke',
  // Group
  'GET /rest/api/group/{groupName}',
  'GET /rest/api/group',
  'GET /rest/api/group/{groupName}/member',
  'GET /rest/api/group/{groupName}/groupmember',
  // Instance Metrics
  'GET /rest/api/instance-metrics',
  // Label
  'GET /rest/api/label/labels',
  'GET /rest/api/label/popular',
  'GET /rest/api/label/recent',
  'GET /rest/api/label/{labelName}/related',
  // Long Task
  'GET /rest/api/longtask/{id}',
  'GET /rest/api/longtask',
  // Search
  'GET /rest/api/search',
  // Server Information
  'GET /rest/api/server-information',
  // Space Color Scheme
  'GET /rest/api/space/{spaceKey}/color-scheme/type',
  'PUT /rest/api/space/{spaceKey}/color-scheme/type',
  'GET /rest/api/space/{spaceKey}/color-scheme',
  'PUT /rest/api/space/{spaceKey}/color-scheme',
  'PUT /rest/api/space/{spaceKey}/color-scheme/reset',
  // Space Label
  'GET /rest/api/space/{spaceKey}/labels',
  'GET /rest/api/space/{spaceKey}/labels/popular',
  'GET /rest/api/space/{spaceKey}/labels/recent',
  'GET /rest/api/space/{spaceKey}/labels/{labelName}/related',
  // Space Permissions
  'GET /rest/api/space/{spaceKey}/permissions',
  'POST /rest/api/space/{spaceKey}/permissions',
  'GET /rest/api/space/{spaceKey}/permissions/anonymous',
  'GET /rest/api/space/{spaceKey}/permissions/group/{groupName}',
  'GET /rest/api/space/{spaceKey}/permissions/user/{userKey}',
  'PUT /rest/api/space/{spaceKey}/permissions/anonymous/grant',
  'PUT /rest/api/space/{spaceKey}/permissions/group/{groupName}/grant',
  'PUT /rest/api/space/{spaceKey}/permissions/user/{userKey}/grant',
  'PUT /rest/api/space/{spaceKey}/permissions/anonymous/revoke',
  'PUT /rest/api/space/{spaceKey}/permissions/group/{groupName}/revoke',
  'PUT /rest/api/space/{spaceKey}/permissions/user/{userKey}/revoke',
  // Space Property
  'GET /rest/api/space/{spaceKey}/property',
  'POST /rest/api/space/{spaceKey}/property',
  'GET /rest/api/space/{spaceKey}/property/{key}',
  'PUT /rest/api/space/{spaceKey}/property/{key}',
  'POST /rest/api/space/{spaceKey}/property/{key}',
  'DELETE /rest/api/space/{spaceKey}/property/{key}',
  // Space
  'PUT /rest/api/space/{spaceKey}/archive',
  'GET /rest/api/space/{spaceKey}/content',
  'GET /rest/api/space/{spaceKey}/trash',
  'DELETE /rest/api/space/{spaceKey}/trash',
  'GET /rest/api/space/{spaceKey}/content/{type}',
  'POST /rest/api/space/personal',
  'POST /rest/api/space/_private',
  'GET /rest/api/space',
  'POST /rest/api/space',
  'GET /rest/api/space/{spaceKey}',
  'PUT /rest/api/space/{spaceKey}',
  'DELETE /rest/api/space/{spaceKey}',
  'PUT /rest/api/space/{spaceKey}/restore',
  // Space Watchers
  'GET /rest/api/space/{spaceKey}/watchers',
  // User Group
  'PUT /rest/api/user/{username}/group/{groupName}',
  'DELETE /rest/api/user/{username}/group/{groupName}',
  // User
  'POST /rest/api/user/current/password',
  'GET /rest/api/user/anonymous',
  'GET /rest/api/user/current',
  'PUT /rest/api/user/current',
  'GET /rest/api/user/memberof',
  'GET /rest/api/user',
  'GET /rest/api/user/list',
  // User Watch
  'GET /rest/api/user/watch/content/{contentId}',
  'POST /rest/api/user/watch/content/{contentId}',
  'DELETE /rest/api/user/watch/content/{contentId}',
  'GET /rest/api/user/watch/space/{spaceKey}',
  'POST /rest/api/user/watch/space/{spaceKey}',
  'DELETE /rest/api/user/watch/space/{spaceKey}',
  // Webhooks
  'GET /rest/api/webhooks',
  'POST /rest/api/webhooks',
  'GET /rest/api/webhooks/{webhookId}',
  'PUT /rest/api/webhooks/{webhookId}',
  'DELETE /rest/api/webhooks/{webhookId}',
  'GET /rest/api/webhooks/{webhookId}/latest',
  'GET /rest/api/webhooks/{webhookId}/statistics',
  'GET /rest/api/webhooks/{webhookId}/statistics/summary',
  'POST /rest/api/webhooks/test',
] as const;

/** Older and neighbouring routes that real clients call. */
export const neighbours = [
  'GET /rest/api/template',
  'POST /rest/api/template',
  'PUT /rest/api/template',
  'GET /rest/api/template/page',
  'GET /rest/api/template/blueprint',
  'GET /rest/api/template/{id}',
  'DELETE /rest/api/template/{id}',
  'GET /rest/likes/1.0/content/{id}/likes',
  'POST /rest/likes/1.0/content/{id}/likes',
  'DELETE /rest/likes/1.0/content/{id}/likes',
  'GET /rest/inlinecomments/1.0/comments',
  'POST /rest/prototype/1/index/reindex',
  'GET /rest/prototype/1/index/reindex',
  'GET /rest/prototype/latest/search',
  'GET /rest/mobile/1.0/profile/{username}',
  'GET /rest/user-profile/1.0/{userKey}/avatar/*',
  'GET /rest/applinks/1.0/manifest',
  'GET /rest/zdu/cluster',
  'GET /rest/zdu/state',
  'GET /rest/zdu/nodes/{nodeId}',
  'POST /rest/zdu/start',
  'POST /rest/zdu/cancel',
  'POST /rest/zdu/approve',
  'POST /rest/zdu/retryUpgrade',
  'POST /rpc/json-rpc/confluenceservice-v2',
  'GET /spaces/flyingpdf/pdfpageexport.action',
  'GET /exportword',
  'GET /spaces/exportspacexml.action',
  'GET /spaces/exportspacehtml.action',
  'GET /spaces/exportspacecsv.action',
  'GET /plugins/viewstorage/viewpagestorage.action',
  'GET /download/thumbnails/{contentId}/{name}',
] as const;

export interface Operation {
  readonly method: string;
  /** As Fastify writes routes: parameters are `:name`. */
  readonly url: string;
}

/** A line of the catalogue as a route. */
export function operationOf(line: string): Operation {
  const [method = '', path = ''] = line.split(' ');
  return { method, url: path.replaceAll(/\{(\w+)\}/g, ':$1') };
}
