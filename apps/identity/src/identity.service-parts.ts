import { Module } from '@nestjs/common';
import type { ServiceParts } from '@tributary/service';
import { AuthenticationController } from './authentication/authentication.controller.js';
import { createFirstData } from './first-data.js';
import { GroupsController } from './groups/groups.controller.js';
import { GlobalPermissionsController } from './permissions/permissions.controller.js';
import { expiredCredentials } from './sessions/expired-credentials.job.js';
import { SiteController } from './site/site.controller.js';
import { Site1732400100002, SiteLanguage1732400100003 } from './site/site.migration.js';
import { SessionsController } from './sessions/sessions.controller.js';
import { TokensController } from './tokens/tokens.controller.js';
import { Identity1732400100001 } from './users/users.migration.js';
import { UsersController } from './users/users.controller.js';

@Module({
  controllers: [
    AuthenticationController,
    GlobalPermissionsController,
    GroupsController,
    SessionsController,
    SiteController,
    TokensController,
    UsersController,
  ],
})
class IdentityModule {}

/** What the identity service is made of. */
export const identityService: ServiceParts = {
  name: 'identity',
  database: {
    schema: 'identity',
    plansOnce: true,
    entities: [],
    migrations: [Identity1732400100001, Site1732400100002, SiteLanguage1732400100003],
  },
  modules: [IdentityModule],
  jobs: [expiredCredentials],
  afterStart: createFirstData,
};
