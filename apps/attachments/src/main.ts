import 'reflect-metadata';
import { serveMessages } from '@tributary/service';
import { attachmentsService } from './attachments.service-parts.js';

await serveMessages(attachmentsService);
