/** The console's screens are one chunk: who looks at one goes on to the next. */
export { CachesScreen } from './caches-screen';
export { EventsScreen } from './events-screen';
export { JobsScreen } from './jobs-screen';
export { NodesScreen } from './nodes-screen';
export { TasksScreen } from './tasks-screen';
