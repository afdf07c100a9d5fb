import * as l10n from '@vscode/l10n';
import type { RowRepair } from '../../model/rowRepair';
import type { Depth, Finding, ManualStep, Remedy } from '../../model/suspect';
import { depthDetail, depthWord } from '../depthWords';
import { block } from './suspectText';

/** What a plan would do, for each depth that it may have; and why there is none for what may be healthy. */
export function choiceText({ verdict, remedy }: Finding): string[] {
  if (verdict === 'unknown' || verdict === 'legitimate') {
    return block(l10n.t('What a plan would do'), [
      verdict === 'unknown'
        ? l10n.t('Nothing: no plan is drafted as long as it is not known what this is.')
        : l10n.t('Nothing: this is as it should be, and no plan is drafted.'),
    ]);
  }
  return [
    ...remedy.depths.flatMap((depth) => block(heading(depth, remedy), depthLines(depth, remedy))),
    ...block(l10n.t('Before it runs'), wordLines(verdict, remedy)),
  ];
}

function heading(depth: Depth, remedy: Remedy): string {
  return depth === remedy.depth
    ? l10n.t('What a plan would do: {0} (as it is drafted by default)', depthWord(depth))
    : l10n.t('What a plan would do: {0}', depthWord(depth));
}

function depthLines(depth: Depth, remedy: Remedy): string[] {
  const onHosts = depth === 'api' || depth === 'repair' ? [] : hostLines(remedy);
  return [
    depthDetail(depth),
    ...(depth === 'repair' ? (remedy.repairs ?? []).map(repairWords) : []),
    ...remedy.manual.filter(({ depths }) => depths?.includes(depth) ?? true).map(manualWords),
    ...onHosts,
  ];
}

function hostLines({ domains, directories }: Remedy): string[] {
  return [
    ...domains.map(({ host, name, state }) =>
      l10n.t('The domain {0} on {1} ({2}) is stopped and undefined; its memory is lost.', name, host, state),
    ),
    ...directories.map(({ host, path }) =>
      l10n.t('The directory {0} on {1} is renamed into quarantine, or deleted if you choose so.', path, host),
    ),
  ];
}

function manualWords({ command, why, api }: ManualStep): string {
  return api === undefined
    ? l10n.t('By hand: {0} ({1})', command, why)
    : l10n.t('By the APIs: {0} ({1})', command, why);
}

function wordLines(verdict: Finding['verdict'], { wanted }: Remedy): string[] {
  return [
    l10n.t('Everything is read and judged again; what has changed since is not touched.'),
    ...(verdict === 'suspected'
      ? [l10n.t('It is suspected only: the first 8 characters of its UUID are to be typed.')]
      : []),
    ...(wanted
      ? []
      : [l10n.t('Nothing shows that somebody wanted it gone: what destroys it needs its typed word.')]),
  ];
}

function repairWords(repair: RowRepair): string {
  switch (repair.do) {
    case 'end-migration':
      return l10n.t('Migration {0} gets the status error; its row stays.', repair.id);
    case 'queue-mapping':
      return l10n.t('Its mapping is marked as queued for delete in the API database.');
    case 'map-to-cell':
      return l10n.t('Its mapping in the API database is given the cell that has its row.');
    case 'finish-delete':
      return l10n.t('Its row, and what hangs on it, is marked as deleted as Nova does it.');
    case 'remove-rows':
      return l10n.t('Its rows of {0} are deleted, or detached where they are inventory.', repair.table);
    case 'forget-volume':
      return l10n.t('Its record of volume {0} is marked as deleted.', repair.volumeId);
    case 'move-row':
      return l10n.t('Its row is pointed at {0} in place of {1}.', repair.host, repair.from);
  }
}
