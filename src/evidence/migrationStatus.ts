/**
 * Statuses after which nothing more happens, as a list of SQL: nova/db/main/api.py,
 * migration_get_in_progress_by_host_and_node (Zed).
 */
export const endedMigrations = "'confirmed', 'reverted', 'error', 'failed', 'completed', 'cancelled', 'done'";
