import { hostAddress } from '../../evidence/survey';
import { namesOf } from '../../evidence/hostIdentity';
import { caughtUp } from '../../execution/cluster';
import type { RunContext } from '../../execution/context';
import { isLibvirt } from '../../model/hypervisor';
import { thisRunner } from '../runner';
import { lookForHistory } from './heldBack';
import { look } from './look';
import type { Reach } from './reach';

/** The cloud as a run needs it, from a fresh survey. */
export async function runContext(
  reach: Reach,
  cloud: string,
  signal: AbortSignal | undefined,
): Promise<RunContext> {
  const { surroundings } = reach.clouds;
  // What another node has not applied yet must not be judged on.
  const access = caughtUp(reach.access(cloud));
  const survey = await reach.survey(cloud, signal);
  return {
    access,
    cells: survey.cells,
    hosts: [...survey.scene.hosts.values()].flatMap(({ name, hypervisorType }) =>
      isLibvirt(hypervisorType) ? [name] : [],
    ),
    address: (host) => hostAddress(survey, host)?.address,
    hypervisorNames: (host) => survey.hosts.filter((report) => report.host === host).flatMap(namesOf),
    look: async (uuids, cancel) => {
      const options = await reach.surveyOptions(cloud, cancel);
      const looked = await look(access, options, () => uuids);
      return reach.absorb(cloud, uuids, looked);
    },
    holdBack: async (cancel) => (await lookForHistory(reach, access, cloud, cancel)).held,
    folder: surroundings.storageFolder,
    clock: surroundings.clock,
    logger: surroundings.logger,
    thresholds: surroundings.thresholds(),
    runner: await thisRunner(),
  };
}
