import { serverErrno } from '../cloud/database/databaseErrors';
import { OperatorError } from '../model/errors';

/** Error numbers of MariaDB and MySQL (include/mysqld_error.h) that a run reacts to. */
const outOfRange = 1690;
const lockWaitTimeout = 1205;
const deadlock = 1213;
const unknownVariable = 1193;
/** The server is shut down, the session was killed, or a proxy lost the server. */
const sessionEnded: readonly number[] = [1053, 1079, 1152, 1158, 1159, 1160, 1161, 1927, 2006, 2013];
const packetTooLarge = 1153;

/** A guard raises this: `~0 + 1` does not fit into BIGINT UNSIGNED. */
export function isGuardRaised(error: unknown): boolean {
  return serverErrno(error) === outOfRange;
}

/**
 * Another session was in the way, and the same transaction may pass when it is tried again. A Galera node says 1213 at
 * COMMIT when another node was first. InnoDB rolls back the whole transaction at 1213, and the statement alone at 1205.
 */
export function isContention(error: unknown): boolean {
  const errno = serverErrno(error);
  return errno === deadlock || errno === lockWaitTimeout;
}

/** The whole transaction is rolled back; at COMMIT, since a writer at another node of a Galera cluster was first. */
export function isDeadlock(error: unknown): boolean {
  return serverErrno(error) === deadlock;
}

/** An error before COMMIT after which nothing stands, and which another try may not meet. */
export function mayPass(error: unknown): boolean {
  return isContention(error) || isLost(error);
}

/** The session is gone, and with it the transaction that was open in it. */
function isLost(error: unknown): boolean {
  const errno = serverErrno(error);
  return errno === undefined ? OperatorError.is(error, 'unreachable') : sessionEnded.includes(errno);
}

/** The server, or the build of it, has no such setting. */
export function isUnknownVariable(error: unknown): boolean {
  return serverErrno(error) === unknownVariable;
}

/** The statement is longer than max_allowed_packet, and the server has closed the connection. */
export function isPacketTooLarge(error: unknown): boolean {
  return serverErrno(error) === packetTooLarge;
}
