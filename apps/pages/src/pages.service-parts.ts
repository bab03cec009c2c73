import type { ServiceParts } from '@tributary/service';
import { Copies1732400000032 } from './copies/copies.migration.js';
import { CopiesModule } from './copies/copies.module.js';
import { copyHierarchy } from './copies/copy-hierarchy.task.js';
import { Content1732400000002 } from './content/content.migration.js';
import { ContentModule } from './content/content.module.js';
import { CreatedOnce1732400000035 } from './content/created-once.migration.js';
import { orphanedDrafts } from './content/orphaned-drafts.job.js';
import { trashRetention } from './content/trash-retention.job.js';
import { Trash1732400000009 } from './content/trash.migration.js';
import { Drafts1732400000020 } from './drafts/drafts.migration.js';
import { DraftsModule } from './drafts/drafts.module.js';
import { Editing1732400000021 } from './drafts/editing.migration.js';
import { HierarchyModule } from './hierarchy/hierarchy.module.js';
import { InlineComments1732400000031 } from './inline-comments/inline-comments.migration.js';
import { InlineCommentsModule } from './inline-comments/inline-comments.module.js';
import { Labels1732400000004, PersonalLabels1732400000007 } from './labels/labels.migration.js';
import { Likes1732400000030 } from './likes/likes.migration.js';
import { LikesModule } from './likes/likes.module.js';
import { linkIndex } from './links/link-index.job.js';
import { Links1732400000033 } from './links/links.migration.js';
import { LinksModule } from './links/links.module.js';
import { PeopleModule } from './people/people.module.js';
import { Permissions1732400000003 } from './permissions/permissions.migration.js';
import { PermissionsModule } from './permissions/permissions.module.js';
import { Properties1732400000005 } from './properties/properties.migration.js';
import { deleteSpace } from './spaces/delete-space.task.js';
import { Spaces1732400000001 } from './spaces/spaces.migration.js';
import { SpacesModule } from './spaces/spaces.module.js';
import { TasksModule } from './tasks/tasks.module.js';
import { VersionsModule } from './versions/versions.module.js';
import { AttachmentWatches1732400000008 } from './watches/attachment-watches.migration.js';
import { WatchesOfUsers1732400000034 } from './watches/watches-of-users.migration.js';
import { Watches1732400000006 } from './watches/watches.migration.js';
import { WatchesModule } from './watches/watches.module.js';

/** What the pages service is made of; its features are its folders. */
export const pagesService: ServiceParts = {
  name: 'pages',
  caches: true,
  database: {
    schema: 'pages',
    plansOnce: true,
    entities: [],
    migrations: [
      Spaces1732400000001,
      Content1732400000002,
      Permissions1732400000003,
      Labels1732400000004,
      Properties1732400000005,
      Watches1732400000006,
      PersonalLabels1732400000007,
      AttachmentWatches1732400000008,
      Trash1732400000009,
      Drafts1732400000020,
      Editing1732400000021,
      Likes1732400000030,
      InlineComments1732400000031,
      Copies1732400000032,
      Links1732400000033,
      WatchesOfUsers1732400000034,
      CreatedOnce1732400000035,
    ],
  },
  modules: [
    PeopleModule,
    ContentModule,
    CopiesModule,
    DraftsModule,
    HierarchyModule,
    InlineCommentsModule,
    LikesModule,
    LinksModule,
    PermissionsModule,
    SpacesModule,
    TasksModule,
    VersionsModule,
    WatchesModule,
  ],
  jobs: [trashRetention, orphanedDrafts, deleteSpace, copyHierarchy, linkIndex],
};
