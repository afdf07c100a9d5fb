import { at, type Fault } from '../fault';
import type { Stage } from '../stage';

async function killDatabase(stage: Stage): Promise<void> {
  await stage.database.kill();
  await stage.database.start();
}

async function killSshd(stage: Stage): Promise<void> {
  await stage.sshd.signal('KILL');
}

/** Servers get a SIGKILL. MariaDB is started again at once, sshd when the run has ended. */
export const killedServers: readonly Fault[] = [
  ...at(
    [
      'before the first step',
      'between two statements',
      'between restore file and COMMIT',
      'after COMMIT, before its journal line',
      'between cell and API database',
      'between restore file and COMMIT of the API database',
      'before the report',
    ],
    { what: 'MariaDB is killed and started again', strike: killDatabase },
  ),
  ...at(['between domain and directory', 'during the rename', 'after the rename, before its journal line'], {
    what: 'sshd is killed',
    strike: killSshd,
    heal: (stage) => stage.sshd.start(),
  }),
  {
    what: 'MariaDB is killed and stays away until the run has ended',
    at: 'between restore file and COMMIT',
    way: 'go on',
    strike: (stage) => stage.database.kill(),
    heal: (stage) => stage.database.start(),
  },
];
