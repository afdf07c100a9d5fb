import type { Fault } from '../fault';
import type { Stage } from '../stage';

const wake = (stage: Stage): void => stage.database.signal('SIGCONT');

function databaseUntilCancelled(stage: Stage): void {
  stage.database.signal('SIGSTOP');
  setTimeout(() => stage.cancel.abort(), 500);
}

async function sshdForASecond({ sshd }: Stage): Promise<void> {
  await sshd.signal('STOP');
  setTimeout(() => void sshd.signal('CONT'), 1_000);
}

/** Processes that are stopped, and a wire on which nothing comes any more. */
export const hangs: readonly Fault[] = [
  {
    what: 'MariaDB hangs, and the run is cancelled',
    at: 'between two statements',
    way: 'go on',
    strike: databaseUntilCancelled,
    heal: wake,
  },
  {
    what: 'MariaDB hangs in COMMIT until the run has ended',
    at: 'between restore file and COMMIT',
    way: 'go on',
    either: 'domain, directory, or the cell too',
    strike: (stage) => stage.database.signal('SIGSTOP'),
    heal: wake,
  },
  {
    what: 'the wire hangs: COMMIT arrives, its answer does not',
    at: 'between restore file and COMMIT',
    way: 'undo',
    strike: ({ proxy }) => proxy.cut({ towards: 'client', after: 0, then: 'hang' }),
    heal: ({ proxy }) => proxy.heal(),
  },
  {
    what: 'sshd hangs for a second',
    at: 'between domain and directory',
    way: 'undo',
    strike: sshdForASecond,
  },
  { what: 'sshd hangs for a second', at: 'during the rename', way: 'go on', strike: sshdForASecond },
];
