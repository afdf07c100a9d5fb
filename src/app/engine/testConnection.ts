import * as l10n from '@vscode/l10n';
import type { CloudConfiguration } from '../../cloud/configuration';
import { readConfigurations } from '../../cloud/readConfigurations';
import { gapOf } from '../../evidence/sources';
import { survey } from '../../evidence/survey';
import { CancelledError, OperatorError } from '../../model/errors';
import { apiSourceId } from '../../model/source';
import type { ConnectionTest, TestOptions } from '../api';
import { Checks } from './checks';
import { learnCells, learnFromController, type Learned } from './learn';
import type { Reach } from './reach';

/** A cloud as the setting has it. */
export type Setting = Readonly<Record<string, unknown>>;

/** Tries every door of a cloud by looking once through each of them. The cloud need not be in the settings. */
export async function testConnection(
  reach: Reach,
  setting: Setting,
  { onChange, signal }: TestOptions,
): Promise<ConnectionTest> {
  const test = new Test(reach, new Checks(onChange), signal);
  const openstack = test.openstack(setting);
  const learned = await test.learn(setting);
  if (learned) await test.survey({ ...setting, ...learned });
  await openstack;
  return { checks: test.checks.all, learned: learned ?? {} };
}

/** Stands in while the real one is not learned yet: it is never opened. */
const unknownDatabase = 'mysql://nova@localhost/nova_api';

class Test {
  constructor(
    private readonly reach: Reach,
    readonly checks: Checks,
    private readonly signal: AbortSignal | undefined,
  ) {}

  /** Undefined when it failed: then there is nothing to be looked at. */
  async learn(setting: Setting): Promise<Learned | undefined> {
    if (setting.apiDatabase !== undefined) return {};
    const configuration = configurationOf({ apiDatabase: unknownDatabase, ...setting });
    const { controller } = configuration;
    if (controller === undefined) return {};
    const title = l10n.t('nova.conf on {0}', controller);
    const { secrets } = this.reach.clouds.surroundings;
    const access = this.reach.accessBy(configuration);
    const found = await this.tried('controller', title, () =>
      learnFromController(access, controller, secrets, this.signal),
    );
    if (!found?.parts) return found?.setting;
    const { parts, setting: databases } = found;
    const reachable = this.reach.accessBy(configurationOf({ ...setting, ...databases }));
    try {
      return { ...databases, ...(await learnCells(reachable, parts, secrets, this.signal)) };
    } catch (error) {
      // The check of the API database tells of it.
      if (CancelledError.is(error)) throw error;
      return databases;
    }
  }

  async openstack(setting: Setting): Promise<void> {
    const access = this.reach.accessBy(configurationOf({ apiDatabase: unknownDatabase, ...setting }));
    const { openstack } = access.configuration;
    if (!openstack || !access.openOpenStack) return;
    const title = l10n.t('OpenStack APIs of {0}', openstack.cloud);
    await this.tried('openstack', title, async () => {
      (await access.openOpenStack?.(this.signal))?.close();
    });
  }

  async survey(setting: Setting): Promise<void> {
    const database = { id: apiSourceId, kind: 'api-database', name: '' } as const;
    this.checks.expect([database]);
    const options = this.reach.firstOptions(this.signal);
    try {
      await survey(this.reach.accessBy(configurationOf(setting)), {
        ...options,
        onExpected: (sources) => this.checks.expect(sources),
        onSource: (source) => this.checks.answered(source),
      });
    } catch (error) {
      // Without the API database there is nothing that says where the rest is.
      this.checks.failed(database, gapOf(error, options.logger));
    }
  }

  private async tried<T>(id: string, title: string, work: () => Promise<T>): Promise<T | undefined> {
    this.checks.set({ id, title, state: 'waiting' });
    try {
      const result = await work();
      this.checks.set({ id, title, state: 'good' });
      return result;
    } catch (error) {
      const gap = gapOf(error, this.reach.clouds.surroundings.logger);
      this.checks.set({ id, title, state: 'bad', gap });
      return undefined;
    }
  }
}

function configurationOf(setting: Setting): CloudConfiguration {
  const { clouds, problems } = readConfigurations([setting]);
  const [configuration] = clouds;
  if (configuration) return configuration;
  throw new OperatorError(
    'bad-configuration',
    problems.map(({ path, message }) => `${path}: ${message}`).join(' '),
    l10n.t('Correct it in the settings of the cloud.'),
  );
}
