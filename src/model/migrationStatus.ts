/** Statuses after which nothing more happens: nova/db/main/api.py, migration_get_in_progress_by_host_and_node (Zed). */
export const endedStatuses: readonly string[] = [
  'confirmed',
  'reverted',
  'error',
  'failed',
  'completed',
  'cancelled',
  'done',
];
