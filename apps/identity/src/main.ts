import 'reflect-metadata';
import { serveMessages } from '@tributary/service';
import { identityService } from './identity.service-parts.js';

await serveMessages(identityService);
