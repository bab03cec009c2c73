import 'reflect-metadata';
import { serveMessages } from '@tributary/service';
import { pagesService } from './pages.service-parts.js';

await serveMessages(pagesService);
