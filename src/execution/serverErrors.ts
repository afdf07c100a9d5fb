import { serverErrno } from '../cloud/database/databaseErrors';

/** Error numbers of MariaDB and MySQL (include/mysqld_error.h) that a run reacts to. */
const outOfRange = 1690;
const lockWaitTimeout = 1205;
const deadlock = 1213;
const unknownVariable = 1193;
const packetTooLarge = 1153;

/** A guard raises this: `~0 + 1` does not fit into BIGINT UNSIGNED. */
export function isGuardRaised(error: unknown): boolean {
  return serverErrno(error) === outOfRange;
}

/** Another session was in the way, and the same transaction may pass when it is tried again. */
export function isContention(error: unknown): boolean {
  const errno = serverErrno(error);
  return errno === deadlock || errno === lockWaitTimeout;
}

/** The server, or the build of it, has no such setting. */
export function isUnknownVariable(error: unknown): boolean {
  return serverErrno(error) === unknownVariable;
}

/** The statement is longer than max_allowed_packet, and the server has closed the connection. */
export function isPacketTooLarge(error: unknown): boolean {
  return serverErrno(error) === packetTooLarge;
}
