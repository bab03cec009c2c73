import 'reflect-metadata';
import { serveMessages } from '@tributary/service';
import { searchService } from './search.service-parts.js';

await serveMessages(searchService);
