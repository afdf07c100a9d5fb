import { serverErrno } from '../cloud/database/databaseErrors';

/** Error numbers of MariaDB and MySQL (include/mysqld_error.h) that a run reacts to. */
const outOfRange = 1690;
const lockWaitTimeout = 1205;
const deadlock = 1213;
/** Server shutdown, query interrupted, connection killed: such an answer says nothing about a COMMIT. */
const interrupted: ReadonlySet<number> = new Set([1053, 1317, 1927, 3169]);

/** A guard raises this: `~0 + 1` does not fit into BIGINT UNSIGNED. */
export function isGuardRaised(error: unknown): boolean {
  return serverErrno(error) === outOfRange;
}

/** Another session was in the way, and the same transaction may pass when it is tried again. */
export function isContention(error: unknown): boolean {
  const errno = serverErrno(error);
  return errno === deadlock || errno === lockWaitTimeout;
}

/** True when the server itself said no to a COMMIT; otherwise nobody knows what became of it. */
export function isDefiniteRefusal(error: unknown): boolean {
  const errno = serverErrno(error);
  return errno !== undefined && !interrupted.has(errno);
}
