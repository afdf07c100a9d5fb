import * as l10n from '@vscode/l10n';
import type { Connection } from '../cloud/database/connection';
import { readReplication } from '../cloud/database/replication';
import { OperatorError } from '../model/errors';

/** Far below every age that makes a suspect, and above what a busy replica has now and then. */
export const mostSecondsBehind = 30;

/** A replica that is behind answers with what was: then it has not answered. Ask in the read view that is read. */
export async function requireFresh(connection: Connection, signal?: AbortSignal): Promise<void> {
  const { readOnly, channels } = await readReplication(connection, signal);
  if (channels === undefined && readOnly) {
    throw new OperatorError(
      'permission-denied',
      l10n.t(
        '{0} is read-only, so it may be a replica, and how far it is behind may not be seen.',
        connection.name,
      ),
      l10n.t(
        'Grant the account REPLICA MONITOR (MariaDB) or REPLICATION CLIENT (MySQL), or read from the primary.',
      ),
    );
  }
  for (const { running, behind } of channels ?? []) {
    if (!running || behind === undefined) {
      throw new OperatorError(
        'stale-evidence',
        l10n.t('{0} is a replica, and its replication does not run.', connection.name),
        l10n.t('Start it again (SHOW REPLICA STATUS tells more), or read from the primary.'),
      );
    }
    if (behind > mostSecondsBehind) {
      throw new OperatorError(
        'stale-evidence',
        l10n.t(
          '{0} is a replica that is {1} s behind; {2} s are allowed.',
          connection.name,
          behind,
          mostSecondsBehind,
        ),
        l10n.t('Wait until it has caught up, or read from the primary.'),
      );
    }
  }
}
