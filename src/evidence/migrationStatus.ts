import { endedStatuses } from '../model/migrationStatus';

/** Of migrations that are over, as a list of SQL. */
export const endedMigrations = endedStatuses.map((status) => `'${status}'`).join(', ');
