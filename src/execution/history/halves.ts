import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from '../../cleanup/parse';
import { apiDatabaseId } from '../../model/schema';
import { planFile } from '../../model/runFolder';
import type { JournalLine } from '../journalLine';
import { readJournal } from '../readJournal';
import { requireSettled } from '../restorePlan';
import { requireOrigin } from '../wayBack';
import { readChunkFile } from './chunkFile';
import type { PlanHeader } from '../../model/plan';

/** A chunk whose rows are gone from the cell, while those in the API database may stand still. */
export interface Half {
  readonly cell: string;
  readonly uuids: readonly string[];
  /** the file of its transaction in the cell */
  readonly file: string;
}

/** What the runs left half done that a plan goes on with. */
export async function leftHalves(header: PlanHeader, folder: string): Promise<Half[]> {
  const halves: Half[] = [];
  const seen = new Set<string>();
  let run = header.run;
  while (run !== undefined && !seen.has(run)) {
    seen.add(run);
    const lines = await readJournal(folder, run);
    requireOrigin(header, lines);
    requireSettled(run, lines);
    halves.push(...(await halvesOf(join(folder, run), lines)));
    run = parse(await readFile(join(folder, run, planFile), 'utf8')).header?.run;
  }
  return halves;
}

async function halvesOf(folderOfRun: string, lines: readonly JournalLine[]): Promise<Half[]> {
  const committed = new Set(lines.flatMap((line) => (line.event === 'committed' ? [line.fragment] : [])));
  const prepared = lines.flatMap((line) =>
    line.event === 'prepared' && line.chunk && committed.has(line.fragment)
      ? [{ ...line, chunk: line.chunk }]
      : [],
  );
  const whole = new Set(prepared.flatMap(({ chunk }) => chunk.of ?? []));
  const halves = prepared.filter(
    ({ database, fragment }) => database !== apiDatabaseId && !whole.has(fragment),
  );
  return Promise.all(
    halves.map(async ({ section, fragment, chunk }) => {
      const { uuids } = await readChunkFile(folderOfRun, { file: fragment, sha256: chunk.sha256 });
      return { cell: section, uuids, file: fragment };
    }),
  );
}
