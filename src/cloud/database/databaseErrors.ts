import * as l10n from '@vscode/l10n';
import { OperatorError, messageOf, type ErrorCode } from '../../model/errors';
import { authError } from './authErrors';
import type { DatabaseAddress } from './databaseUrl';
import { galeraError } from './galeraErrors';
import { tlsError, type Rejection } from './tlsErrors';

/** What the server said, without the statement: the cause of an OperatorError that a Connection rejects with. */
export class ServerError extends Error {
  override readonly name = 'ServerError';

  constructor(
    message: string,
    /** MySQL's error number, for example 1213 for a deadlock */
    readonly errno: number,
  ) {
    super(message);
  }
}

/** MySQL's error number behind an error of a Connection; undefined when the server did not answer at all. */
export function serverErrno(error: unknown): number | undefined {
  return error instanceof Error && error.cause instanceof ServerError ? error.cause.errno : undefined;
}

/** Numbers of the MariaDB and MySQL error reference that mean one thing for the operator. */
const codeByErrno: Readonly<Record<number, ErrorCode>> = {
  1040: 'busy', // ER_CON_COUNT_ERROR
  1044: 'permission-denied', // ER_DBACCESS_DENIED_ERROR
  1045: 'refused-login', // ER_ACCESS_DENIED_ERROR
  1049: 'no-such-database', // ER_BAD_DB_ERROR
  1129: 'permission-denied', // ER_HOST_IS_BLOCKED
  1130: 'permission-denied', // ER_HOST_NOT_PRIVILEGED
  1142: 'permission-denied', // ER_TABLEACCESS_DENIED_ERROR
  1143: 'permission-denied', // ER_COLUMNACCESS_DENIED_ERROR
  1146: 'table-missing', // ER_NO_SUCH_TABLE
  1203: 'busy', // ER_TOO_MANY_USER_CONNECTIONS
  1205: 'busy', // ER_LOCK_WAIT_TIMEOUT
  1213: 'busy', // ER_LOCK_DEADLOCK
  1226: 'busy', // ER_USER_LIMIT_REACHED
  1227: 'permission-denied', // ER_SPECIFIC_ACCESS_DENIED_ERROR
  1290: 'read-only', // ER_OPTION_PREVENTS_STATEMENT
  1698: 'refused-login', // ER_ACCESS_DENIED_NO_PASSWORD_ERROR
  1792: 'read-only', // ER_CANT_EXECUTE_IN_READ_ONLY_TRANSACTION
  1836: 'read-only', // ER_READ_ONLY_MODE
  3159: 'tls-failed', // ER_SECURE_TRANSPORT_REQUIRED of MySQL
};

/** Turns an error of mysql2 into one for the operator. Neither the statement nor a password gets into it. */
export function databaseError(
  error: unknown,
  address: DatabaseAddress,
  rejection?: Rejection,
): OperatorError {
  if (OperatorError.is(error)) return error;
  const parts = partsOf(error);
  const { errno, code, message } = parts;
  const special = tlsError(parts, rejection, address) ?? authError(parts, address);
  if (special) return special;
  const cause = errno > 0 ? new ServerError(message, errno) : new Error(code === '' ? message : code);
  const ofCluster = galeraError(errno, message, address, cause);
  if (ofCluster) return ofCluster;
  const found = codeByErrno[errno] ?? codeOf(code, errno);
  const action = missingRight(message, address) ?? actionFor(found, address);
  return new OperatorError(found, messageFor(found, address, message), action, { cause });
}

function messageFor(code: ErrorCode, { account, schema }: DatabaseAddress, said: string): string {
  switch (code) {
    case 'unreachable':
      return l10n.t(
        'The database server of {0} cannot be reached, or the connection was lost: {1}',
        account,
        said,
      );
    case 'timed-out':
      return l10n.t('The database server of {0} does not answer.', account);
    case 'no-such-database':
      return l10n.t('There is no database {0} on the server of {1}.', schema, account);
    default:
      return l10n.t('{0}, database {1}: {2}', account, schema, said);
  }
}

function actionFor(code: ErrorCode, { user, account, schema }: DatabaseAddress): string {
  switch (code) {
    case 'unreachable':
    case 'timed-out':
      return l10n.t(
        'Check that {0} is the right address, that the server runs, and that no firewall is between.',
        account,
      );
    case 'refused-login':
      return l10n.t(
        'Check the user name and the password of {0}, from where it may log in, and whether it must come with TLS or a client certificate (database.tls).',
        account,
      );
    case 'tls-failed':
      return l10n.t('Set database.tls of the cloud: the server takes encrypted connections only.');
    case 'read-only':
      return l10n.t(
        'Nothing was changed. Look whether the cloud is "readOnly" in the settings, or the server a replica that takes no changes.',
      );
    case 'no-such-database':
      return l10n.t('Check the name {0} in the database URL, or let {1} see it.', schema, user);
    case 'permission-denied':
      return l10n.t(
        'Give {0} the rights on {1} that this needs, from the address of this machine.',
        user,
        schema,
      );
    case 'table-missing':
      return l10n.t(
        'Check that {0} is the schema you mean, and that its migrations have all been run.',
        schema,
      );
    case 'busy':
      return l10n.t('Something else holds what is needed. Try again in a moment.');
    default:
      return l10n.t('Look the error up in the documentation of MariaDB or MySQL.');
  }
}

/** `UPDATE, DELETE command denied to user 'x'@'y' for table ...`: the server names the right, and the account as it knows it. */
function missingRight(said: string, { schema }: DatabaseAddress): string | undefined {
  const [, right, account] = /^([A-Z][A-Z, ]+) command denied to user ('[^']*'@'[^']*')/.exec(said) ?? [];
  return right === undefined || account === undefined
    ? undefined
    : l10n.t(
        'Let an administrator of the database run: GRANT {0} ON {1}.* TO {2}; docs/permissions.md says what is needed for what.',
        right,
        schema,
        account,
      );
}

function codeOf(code: string, errno: number): ErrorCode {
  if (code === 'ETIMEDOUT') return 'timed-out';
  return errno > 0 ? 'command-failed' : 'unreachable';
}

/** mysql2 gives `errno` of the server as a positive number; Node gives its own as a negative one. */
function partsOf(error: unknown): { errno: number; code: string; message: string } {
  if (!(error instanceof Error)) return { errno: 0, code: '', message: messageOf(error) };
  const errno = 'errno' in error && typeof error.errno === 'number' ? error.errno : 0;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  const said =
    'sqlMessage' in error && typeof error.sqlMessage === 'string' ? error.sqlMessage : error.message;
  return { errno, code, message: said === '' ? code : said };
}
