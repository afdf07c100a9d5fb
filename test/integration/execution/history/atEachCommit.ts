import type { CloudAccess } from '../../../../src/cloud/access';
import type { Changed, Connection } from '../../../../src/cloud/database/connection';

/** The doors of a cloud, and something that is done at each COMMIT in a cell. */
export function atEachCommit(
  access: CloudAccess,
  work: (commit: () => Promise<Changed>, connection: Connection) => Promise<Changed>,
): CloudAccess {
  return {
    ...access,
    openCell: async (...args) => {
      const connection = await access.openCell(...args);
      const change = connection.change.bind(connection);
      connection.change = (sql, signal) =>
        sql === 'COMMIT' ? work(() => change(sql, signal), connection) : change(sql, signal);
      return connection;
    },
  };
}
