import { Module, type DynamicModule } from '@nestjs/common';
import { ClusterMember } from '@tributary/cluster';
import { MessagingClient } from '@tributary/messaging';
import { AttachmentRoutes } from './attachments/attachments.routes.js';
import { DownloadRoutes } from './attachments/downloads.routes.js';
import { Uploads } from './attachments/uploads.js';
import { Authenticator } from './authentication/authenticator.js';
import { SessionRoutes } from './authentication/session.routes.js';
import { SignInRoutes } from './authentication/sign-in.routes.js';
import { ClusterRoutes, ConfluenceClusterRoutes } from './cluster/cluster.routes.js';
import { EventStreams } from './cluster/event-streams.js';
import { EventRoutes } from './cluster/events.routes.js';
import { MetricsRoutes } from './cluster/metrics.routes.js';
import { ModeRoutes } from './cluster/mode.routes.js';
import { SiteModes } from './cluster/site-mode.js';
import { UpgradeRoutes } from './cluster/upgrade.routes.js';
import { ContentReader } from './content/content-reader.js';
import { ContentRoutes } from './content/content.routes.js';
import { ConversionRoutes } from './content/conversion.routes.js';
import { MacroRoutes } from './content/macros.routes.js';
import { CopyRoutes } from './copies/copies.routes.js';
import { DraftRoutes } from './drafts/drafts.routes.js';
import { EditingRoutes } from './drafts/editing.routes.js';
import { Api } from './edge/api.js';
import { GatewayContext } from './gateway-context.js';
import { HierarchyRoutes, MovePageRoute } from './hierarchy/hierarchy.routes.js';
import { InlineCommentRoutes } from './inline-comments/inline-comments.routes.js';
import { JobRoutes } from './jobs/jobs.routes.js';
import { LongTaskRoutes } from './jobs/long-tasks.routes.js';
import { LabelRoutes } from './labels/labels.routes.js';
import { LikeRoutes } from './likes/likes.routes.js';
import { LinkRoutes } from './links/links.routes.js';
import { ChangesFeed } from './live/changes-feed.js';
import { LiveRoutes } from './live/live.routes.js';
import { ReaderStreams } from './live/reader-streams.js';
import { GlobalPermissionRoutes } from './permissions/global-permissions.routes.js';
import { SpacePermissionRoutes } from './permissions/space-permissions.routes.js';
import { Subjects } from './permissions/subjects.js';
import { ContentPropertyRoutes, PropertyRequests, SpacePropertyRoutes } from './properties/properties.routes.js';
import { RestrictionRoutes } from './restrictions/restrictions.routes.js';
import { SearchRoutes } from './search/search.routes.js';
import { SiteRoutes } from './site/site.routes.js';
import { SpaceRoutes } from './spaces/spaces.routes.js';
import { Readiness, StatusRoutes } from './status/status.routes.js';
import { TaskRoutes } from './tasks/tasks.routes.js';
import { TokenRoutes } from './tokens/tokens.routes.js';
import { AdminRoutes } from './users/admin.routes.js';
import { GroupRoutes } from './users/groups.routes.js';
import { AccountRoutes, UserRoutes } from './users/users.routes.js';
import { HistoryRoutes, VersionRoutes } from './versions/versions.routes.js';
import {
  ContentWatchRoutes,
  SpaceWatchRoutes,
  WatchedRoutes,
  WatcherRoutes,
  WatchRequests,
} from './watches/watches.routes.js';
import { WebFiles, WebRoutes } from './web/web.routes.js';

/** Everything that answers HTTP; the routes' folders are the API's chapters. */
@Module({})
export class GatewayModule {
  static create(context: GatewayContext, member: ClusterMember, messaging: MessagingClient): DynamicModule {
    return {
      module: GatewayModule,
      controllers: [
        StatusRoutes,
        SignInRoutes,
        SessionRoutes,
        UserRoutes,
        AccountRoutes,
        GroupRoutes,
        AdminRoutes,
        TokenRoutes,
        GlobalPermissionRoutes,
        SiteRoutes,
        SpaceRoutes,
        SpacePermissionRoutes,
        SpacePropertyRoutes,
        ContentRoutes,
        AttachmentRoutes,
        HierarchyRoutes,
        MovePageRoute,
        CopyRoutes,
        LabelRoutes,
        LikeRoutes,
        LinkRoutes,
        InlineCommentRoutes,
        ContentPropertyRoutes,
        RestrictionRoutes,
        HistoryRoutes,
        VersionRoutes,
        ContentWatchRoutes,
        SpaceWatchRoutes,
        WatchedRoutes,
        WatcherRoutes,
        ConversionRoutes,
        MacroRoutes,
        TaskRoutes,
        DraftRoutes,
        EditingRoutes,
        LiveRoutes,
        LongTaskRoutes,
        JobRoutes,
        ClusterRoutes,
        ConfluenceClusterRoutes,
        EventRoutes,
        MetricsRoutes,
        ModeRoutes,
        UpgradeRoutes,
        SearchRoutes,
        DownloadRoutes,
        WebRoutes,
      ],
      providers: [
        { provide: GatewayContext, useValue: context },
        { provide: ClusterMember, useValue: member },
        { provide: MessagingClient, useValue: messaging },
        Api,
        Authenticator,
        ChangesFeed,
        ContentReader,
        EventStreams,
        PropertyRequests,
        ReaderStreams,
        Readiness,
        SiteModes,
        Subjects,
        Uploads,
        WatchRequests,
        WebFiles,
      ],
    };
  }
}
