/** What went wrong, as a word that code may branch on. */
export type ErrorCode =
  | 'bad-configuration'
  | 'unreachable'
  | 'timed-out'
  | 'refused-login'
  | 'tls-failed'
  | 'no-such-database'
  | 'not-a-nova-database'
  | 'table-missing'
  | 'permission-denied'
  | 'host-key-unknown'
  | 'host-key-changed'
  | 'wrong-machine'
  | 'virsh-missing'
  | 'session-libvirt'
  | 'command-failed'
  | 'unknown-table'
  | 'plan-refused'
  | 'guard-unmet'
  | 'unexpected-count'
  | 'stale-evidence'
  | 'read-only'
  | 'not-found'
  | 'busy'
  // this run is not the only one any more
  | 'lock-lost'
  // the node has lost the other nodes of its cluster
  | 'no-quorum'
  // more than the cluster takes in one transaction
  | 'too-large'
  // somebody else changed it since it was read
  | 'conflict'
  // an answer that is not what the API promises
  | 'bad-answer'
  // a list without anything of what must be in it: another region's, or that of an emptied database
  | 'empty-list'
  // the cloud lacks the service, or has it in a release too old for this
  | 'unsupported'
  // a change was sent and its answer did not come: it may have happened
  | 'outcome-unknown';

/** An error for the operator: what happened, and what they can do about it. Both are translated text. */
export class OperatorError extends Error {
  override readonly name = 'OperatorError';

  constructor(
    readonly code: ErrorCode,
    message: string,
    readonly action: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }

  static is(error: unknown, code?: ErrorCode): error is OperatorError {
    return isNamed<OperatorError>(error, 'OperatorError') && (code === undefined || error.code === code);
  }
}

/** The operator pressed cancel, or dismissed a question. Nothing is shown for it. */
export class CancelledError extends Error {
  override readonly name = 'CancelledError';

  static is(error: unknown): error is CancelledError {
    return isNamed(error, 'CancelledError');
  }
}

/** By its name: each of our bundles has a class of its own. */
function isNamed<E extends Error>(error: unknown, name: E['name']): error is E {
  return error instanceof Error && error.name === name;
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
