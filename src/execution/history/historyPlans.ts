import { randomUUID } from 'node:crypto';
import * as l10n from '@vscode/l10n';
import { directive, planVersion } from '../../cleanup/directives';
import { stop } from '../../cleanup/guards';
import { historyRestoreDocument } from '../../cleanup/history/restoreHistory';
import { remark, stopRemark } from '../../cleanup/prose';
import type { Plan, PlanHeader } from '../../model/plan';
import type { Clock } from '../../model/ports';
import type { JournalLine } from '../journalLine';
import { savedChunks } from './savedChunks';

type Begun = Extract<JournalLine, { event: 'run-begun' }>;

/** The way back of a run that deleted history: its files, the last first. */
export function historyRestoreText(
  run: string,
  { cloud, cells }: Begun,
  lines: readonly JournalLine[],
  clock: Clock,
): string {
  const drafted = clock.now().toISOString();
  const rolledBack = savedChunks(lines, ['void']).map(({ fragment }) => `restore/${fragment}.void`);
  const chunks = savedChunks(lines, ['committed']).map(({ fragment: file, database, chunk }) => {
    const { schema, rows, sha256 } = chunk;
    return { file, database, schema, rows, sha256 };
  });
  return historyRestoreDocument(
    { cloud, cells, id: randomUUID(), run, drafted, rolledBack },
    chunks.reverse(),
  );
}

/** The same plan for what is left: history that is gone is not found again, and files that were loaded are left out. */
export function bulkGoOnText(
  text: string,
  { histories, chunks }: Plan,
  header: PlanHeader,
  {
    run,
    lines,
    clock,
  }: { readonly run: string; readonly lines: readonly JournalLine[]; readonly clock: Clock },
): string | undefined {
  const loaded = new Set(savedChunks(lines, ['committed']).flatMap(({ chunk }) => chunk.of ?? []));
  const left = chunks.filter(({ file }) => !loaded.has(file));
  if (left.length === 0 && histories.length === 0) return undefined;
  const { cloud, cells, scanned, purpose } = header;
  const id = randomUUID();
  const head = [
    remark(l10n.t('OpenStack Zombies plan that goes on with run {0}. Read it, edit it, then run it.', run)),
    directive('plan', {
      ...{ version: planVersion, cloud, cells, id, drafted: clock.now().toISOString(), scanned, purpose },
      run: purpose === 'restore' ? header.run : run,
    }),
    stopRemark(),
    stop(id),
    '',
  ];
  const lineOf = ({ start, end }: { readonly start: number; readonly end: number }): string =>
    text.slice(start, end);
  const [first] = histories;
  const rest =
    purpose === 'history' && first
      ? [text.slice(first.span.start)]
      : [...left.map(({ span }) => lineOf(span)), ''];
  return [...head, ...rest].join('\n');
}
