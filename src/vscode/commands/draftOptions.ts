import * as vscode from 'vscode';
import type { DraftOptions } from '../../app/api';
import { depthDetail, depthWord } from '../../app/depthWords';
import type { Depth, Suspect } from '../../model/suspect';
import { pick } from '../ask';
import { instanceCount } from '../words';

/** Asks what happens to rows and to directories, and only where there is a choice. */
export async function askDraftOptions(suspects: readonly Suspect[]): Promise<DraftOptions> {
  const depth = await askDepth(suspects);
  const directories = await askDirectories(suspects);
  return { ...(depth ? { depth } : {}), ...(directories ? { directories } : {}) };
}

/** Undefined: as each kind suggests. */
async function askDepth(suspects: readonly Suspect[]): Promise<Depth | undefined> {
  if (!suspects.some(({ remedy }) => remedy.depths.length > 1)) {
    return undefined;
  }
  const depths = [...new Set(suspects.flatMap(({ remedy }) => remedy.depths))];
  const items: (vscode.QuickPickItem & { readonly depth?: Depth })[] = [
    {
      label: vscode.l10n.t('As each kind suggests'),
      description: vscode.l10n.t('recommended'),
      detail: usualDetail(suspects),
    },
    ...depths.map((depth) => ({
      label: depthWord(depth),
      description: allowedBy(suspects, depth),
      detail: depthDetail(depth),
      depth,
    })),
  ];
  const placeHolder = vscode.l10n.t('What happens to the rows in the databases?');
  return (await pick(items, { title: title(), placeHolder, matchOnDetail: true })).depth;
}

async function askDirectories(suspects: readonly Suspect[]): Promise<'quarantine' | 'delete' | undefined> {
  if (!suspects.some(({ remedy }) => remedy.directories.length > 0)) {
    return undefined;
  }
  const items = [
    {
      label: vscode.l10n.t('Quarantine directories'),
      description: vscode.l10n.t('recommended'),
      detail: vscode.l10n.t('They are renamed on their host, and can be brought back.'),
      directories: 'quarantine' as const,
    },
    {
      label: vscode.l10n.t('Delete directories'),
      detail: vscode.l10n.t('This is irreversible.'),
      directories: 'delete' as const,
    },
  ];
  const placeHolder = vscode.l10n.t('What happens to the directories?');
  return (await pick(items, { title: title(), placeHolder })).directories;
}

function title(): string {
  return vscode.l10n.t('Draft Cleanup Plan');
}

function allowedBy(suspects: readonly Suspect[], depth: Depth): string {
  const allowed = suspects.filter(({ remedy }) => remedy.depths.includes(depth)).length;
  return allowed === suspects.length
    ? vscode.l10n.t('possible for all')
    : vscode.l10n.t('possible for {0} of {1}; the others as their kind suggests', allowed, suspects.length);
}

/** `Mark deleted: 2 instances; No rows: 1 instance`. */
function usualDetail(suspects: readonly Suspect[]): string {
  const counts = new Map<Depth, number>();
  for (const { remedy } of suspects) counts.set(remedy.depth, (counts.get(remedy.depth) ?? 0) + 1);
  return [...counts]
    .map(([depth, count]) => vscode.l10n.t('{0}: {1}', depthWord(depth), instanceCount(count)))
    .join('; ');
}
