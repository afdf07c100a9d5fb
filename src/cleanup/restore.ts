import * as l10n from '@vscode/l10n';
import { directive, planVersion } from './directives';
import { stop } from './guards';
import { remark, size, stopRemark } from './prose';

export interface RestoreHeader {
  readonly cloud: string;
  readonly cells: readonly string[];
  /** of the plan that this makes */
  readonly id: string;
  /** of the run that is taken back */
  readonly run: string;
  /** ISO 8601, UTC */
  readonly drafted: string;
  /** files of the run with the way back of transactions that were rolled back at their COMMIT */
  readonly rolledBack: readonly string[];
}

export interface RestoreSection {
  readonly uuid: string;
  readonly name: string;
  /** whole units as text, from @unit to COMMIT; the latest of the run first */
  readonly units: readonly string[];
  readonly directories: readonly QuarantinedDirectory[];
}

export interface QuarantinedDirectory {
  readonly host: string;
  /** where it belongs */
  readonly path: string;
  /** where it is */
  readonly from: string;
  readonly bytes: number;
}

/** The plan that takes a run back: rows as they were saved, and directories renamed to where they were. */
export function restoreDocument(header: RestoreHeader, sections: readonly RestoreSection[]): string {
  const { cloud, cells, id, run, drafted, rolledBack } = header;
  const head = [
    remark(l10n.t('OpenStack Zombies restore plan. Nothing has been changed yet. Read it, then run it.')),
    remark(l10n.t('It holds what the rows held, secrets among it: keep it as safe as the databases.')),
    directive('plan', {
      version: planVersion,
      cloud,
      cells,
      id,
      drafted,
      scanned: drafted,
      purpose: 'restore',
      run,
    }),
    ...rolledBack.map((file) =>
      remark(
        l10n.t(
          'Left out, for the database said that it was rolled back: {0} in the folder of the run. If its rows are changed all the same, paste it into the section of its instance.',
          file,
        ),
      ),
    ),
    stopRemark(),
    stop(id),
  ];
  return [head, ...sections.map(restoreLines)].map((lines) => `${lines.join('\n')}\n`).join('\n');
}

function restoreLines({ uuid, name, units, directories }: RestoreSection): string[] {
  return [
    directive('instance', { uuid, name, kind: 'restore', verdict: 'confirmed', depth: 'none' }),
    ...units.map((unit) => unit.trimEnd()),
    ...directories.flatMap(({ host, path, from, bytes }) => [
      remark(l10n.t('{0}, renamed to where it was', size(bytes))),
      directive('directory', { host, path, bytes, then: 'restore', from }),
    ]),
  ];
}
