/** Texts about jobs and long tasks, by key: a job's name stands for its description. */
export const en: Record<string, string> = {
  'cluster-coordinator.old-job-runs': 'Removes runs of jobs that ended long ago',
  'identity.expired-credentials': 'Removes sessions that are over and tokens that expired long ago',
  'pages.trash-retention': 'Removes for good what has been in the trash for long',
  'pages.orphaned-drafts': 'Removes drafts that nobody has touched for long',
  'pages.delete-space': 'Removes a space with all that is in it',
  'pages.delete-space.title': 'Delete space {0}',
  'attachments.orphaned-objects': 'Removes stored bytes that no attachment names',
  'search.index-consistency': 'Compares the search index with the contents and refreshes what differs',
  'jobs.removed': 'Removed: {0}',
  'jobs.compared': 'Compared: {0}; differed: {1}',
  'jobs.due': 'Waits for its turn',
  'jobs.running': 'Runs',
  'jobs.succeeded': 'Done',
  'jobs.failed': 'Failed: {0}',
  'jobs.cancelled': 'Cancelled',
  'jobs.skipped': 'Skipped',
};
