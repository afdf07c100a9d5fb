import type { CloudAccess } from '../../../src/cloud/access';
import { createCloudAccess } from '../../../src/cloud/createCloudAccess';
import { readConfigurations } from '../../../src/cloud/readConfigurations';
import type { SurveyOptions } from '../../../src/evidence/survey';
import { defaultThresholds } from '../../../src/model/scene';
import type { Ground } from '../app/product';

/** The doors of the demo cloud, or of another. `settings` are laid over those that reach all of it. */
export function accessTo(cloud: Ground, settings: Readonly<Record<string, unknown>> = {}): CloudAccess {
  const { user, port, keyFile, knownHostsFile, addresses } = cloud.ssh;
  const { clouds, problems } = readConfigurations([
    {
      name: 'demo',
      apiDatabase: cloud.database.apiUrl,
      ssh: { user, port, keyFile, knownHostsFile, configFile: 'none' },
      hosts: { 'compute-06': addresses['compute-06'] },
      ...settings,
    },
  ]);
  const [configuration] = clouds;
  if (!configuration) {
    throw new Error(JSON.stringify(problems));
  }
  return createCloudAccess({
    clock: { now: () => new Date() },
    configuration,
    secrets: {
      get: () => Promise.resolve(undefined),
      store: () => Promise.resolve(),
      delete: () => Promise.resolve(),
    },
    prompts: {
      trustHostKey: () => Promise.resolve(true),
      password: () => Promise.resolve(cloud.database.password),
    },
    hostKeys: { get: () => [], add: () => Promise.resolve() },
    logger: silent,
  });
}

const silent = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};

export const options: SurveyOptions = {
  clock: { now: () => new Date() },
  logger: { ...silent, error: (message) => console.error(message) },
  thresholds: defaultThresholds,
  signs: new Set(),
  sightings: new Map(),
  keeps: [],
};
