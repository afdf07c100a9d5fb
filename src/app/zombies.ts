import { forgetPasswords, passwordKey } from '../cloud/passwords';
import { parseDatabaseUrl } from '../cloud/database/databaseUrl';
import { reportText } from '../execution/reportText';
import type { ZombiesApi } from './api';
import { Clouds, type Surroundings } from './clouds';
import { IgnoreList } from './ignoring';
import { lookUp } from './lookUp';
import { checkPlan, draftPlan } from './plans';
import { Runs } from './runs';
import { Scanner } from './scanner';
import { showAll } from './showAll';
import { countAt, selectAt } from './statements';

export interface Zombies extends ZombiesApi {
  /** What is known of a cloud has changed: a scan, a run, the ignore list. */
  onDidChange(listener: (cloud: string) => void): { dispose(): void };
}

/** The product without a screen. */
export function createZombies(surroundings: Surroundings): Zombies {
  const { clock, secrets, state } = surroundings;
  const clouds = new Clouds(surroundings);
  const ignoreList = new IgnoreList(state, clock);
  const scanner = new Scanner(clouds, ignoreList);
  const runs = new Runs(clouds);
  const changedAfter = async (cloud: string, change: Promise<void>): Promise<void> => {
    await change;
    clouds.changed(cloud);
  };
  return {
    version: 1,
    onDidChange: (listener) => clouds.onDidChange(listener),
    listClouds: () => surroundings.configurations(),
    storePassword: async (cloud, password, account) => {
      const name = account ?? parseDatabaseUrl(clouds.configuration(cloud).apiDatabase).account;
      await secrets.store(passwordKey(cloud, name), password);
    },
    forgetPasswords: (cloud) => forgetPasswords(cloud, secrets),
    scan: (cloud, options) => scanner.scan(cloud, options),
    lastScan: (cloud) => scanner.last(cloud),
    lookUp: async (cloud, terms, options) => {
      const found = await lookUp(clouds.access(cloud), terms, clouds.surveyOptions(options?.signal));
      clouds.absorb(cloud, [...found.looked.dossiers.keys()], found.looked);
      return found.report;
    },
    draft: (cloud, uuids, options) => draftPlan(clouds, cloud, uuids, options ?? {}),
    check: (text) => checkPlan(clouds, text),
    dryRun: (text, options) => runs.dryRun(text, options ?? {}),
    run: (text, options) => runs.run(text, options ?? {}),
    reportText,
    runs: () => runs.list(),
    restorePlan: (run) => runs.restorePlan(run),
    showAll: (cloud, uuid) => showAll(clouds, cloud, uuid),
    countChange: (text, offset) => countAt(clouds, text, offset),
    runSelect: (text, offset) => selectAt(clouds, text, offset),
    ignore: (cloud, uuid, reason) => changedAfter(cloud, ignoreList.add(cloud, uuid, reason)),
    ignored: (cloud) => ignoreList.of(cloud),
    stopIgnoring: (cloud, uuid) => changedAfter(cloud, ignoreList.remove(cloud, uuid)),
  };
}
