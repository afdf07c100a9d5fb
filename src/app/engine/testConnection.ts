import * as l10n from '@vscode/l10n';
import { readConfigurations } from '../../cloud/readConfigurations';
import { gapOf } from '../../evidence/sources';
import { survey } from '../../evidence/survey';
import { OperatorError } from '../../model/errors';
import { apiSourceId } from '../../model/source';
import type { ConnectionTest, TestOptions } from '../api';
import { Checks } from './checks';
import type { Reach } from './reach';

/** Tries every door of a cloud by looking once through each of them. The cloud need not be in the settings. */
export async function testConnection(
  reach: Reach,
  cloud: Readonly<Record<string, unknown>>,
  { onChange, signal }: TestOptions,
): Promise<ConnectionTest> {
  const checks = new Checks(onChange);
  const { clouds, problems } = readConfigurations([cloud]);
  const [configuration] = clouds;
  if (!configuration) {
    throw new OperatorError(
      'bad-configuration',
      problems.map(({ path, message }) => `${path}: ${message}`).join(' '),
      l10n.t('Correct it in the settings of the cloud.'),
    );
  }
  const options = reach.surveyOptions(signal);
  const database = { id: apiSourceId, kind: 'api-database', name: '' } as const;
  checks.expect([database]);
  try {
    await survey(reach.accessBy(configuration), {
      ...options,
      onExpected: (sources) => checks.expect(sources),
      onSource: (source) => checks.answered(source),
    });
  } catch (error) {
    // Without the API database there is nothing that says where the rest is.
    checks.failed(database, gapOf(error, options.logger));
  }
  return { checks: checks.all, learned: {} };
}
