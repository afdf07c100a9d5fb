import * as l10n from '@vscode/l10n';
import { OperatorError } from '../../model/errors';
import type { DatabaseAddress } from './databaseUrl';

/** What a node of a Galera cluster says by numbers that mean other things elsewhere; undefined for all else. */
export function galeraError(
  errno: number,
  said: string,
  { account }: Pick<DatabaseAddress, 'account'>,
  cause: Error,
): OperatorError | undefined {
  // ER_UNKNOWN_COM_ERROR
  if (errno === 1047 && said.includes('WSREP')) {
    return new OperatorError(
      'no-quorum',
      l10n.t(
        'The node of the Galera cluster at {0} takes no part in it now: it has lost the other nodes, or has not caught up with them yet.',
        account,
      ),
      l10n.t(
        "Set the address of another node, or of the proxy before the cluster, or wait until SHOW STATUS LIKE 'wsrep_cluster_status' says Primary there.",
      ),
      { cause },
    );
  }
  const setting = exceeded(errno, said);
  if (setting === undefined) return undefined;
  return new OperatorError(
    'too-large',
    l10n.t('The transaction is larger than {0} of the Galera cluster at {1} allows.', setting, account),
    l10n.t('Raise {0} on all nodes (SET GLOBAL), or split the plan: fewer rows in one transaction.', setting),
    { cause },
  );
}

function exceeded(errno: number, said: string): string | undefined {
  // ER_ERROR_DURING_COMMIT, by the statement that goes beyond it
  if (errno === 1180 && said.includes('wsrep_max_ws_rows')) return 'wsrep_max_ws_rows';
  // ER_UNKNOWN_ERROR, by COMMIT
  if (errno === 1105 && said.includes('writeset size exceeded')) return 'wsrep_max_ws_size';
  return undefined;
}
