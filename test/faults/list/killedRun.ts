import { at, points } from '../fault';

/** The process that runs the plan gets a SIGKILL: VS Code crashes, or the machine is switched off. */
export const killedRuns = at(
  points.filter((point) => point !== 'after the first look'),
  { what: 'the process of the run is killed', killsRun: true },
);
