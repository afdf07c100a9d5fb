import type { Fault } from '../fault';
import type { Stage } from '../stage';

const wake = (stage: Stage): void => stage.database.signal('SIGCONT');

function databaseForASecond(stage: Stage): void {
  stage.database.signal('SIGSTOP');
  setTimeout(() => wake(stage), 1_000);
}

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
    what: 'MariaDB hangs for a second',
    at: 'between two statements',
    way: 'undo',
    strike: databaseForASecond,
  },
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
    what: 'the wire hangs: COMMIT does not leave',
    at: 'between restore file and COMMIT of the API database',
    way: 'go on',
    strike: ({ proxy }) => proxy.cut({ towards: 'server', after: 0, then: 'hang' }),
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
