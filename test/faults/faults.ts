import type { Fault } from './fault';
import { cancels } from './list/cancel';
import { fullDisks } from './list/fullDisk';
import { hangs } from './list/hang';
import { killedRuns } from './list/killedRun';
import { killedServers } from './list/killedServer';
import { otherSessions } from './list/otherSession';
import { cutWires } from './list/wire';

/** All that is injected, in the order of the table. */
export const faults: readonly Fault[] = [
  ...killedRuns,
  ...killedServers,
  ...cutWires,
  ...hangs,
  ...fullDisks,
  ...otherSessions,
  ...cancels,
];
