import { join } from 'node:path';
import { CancelledError, messageOf } from '../../model/errors';
import type { Plan, PlanHeader } from '../../model/plan';
import type { RunReport, SectionReport, StepOutcome } from '../../model/report';
import { withDatabase, type RunContext, type RunPlanOptions } from '../context';
import { gapOf } from '../gap';
import { choose } from '../preflight';
import { rollBack } from '../transaction';
import { bulkFacts } from './bulkFacts';
import { nextCandidates } from './candidates';
import { takeChunk } from './chunk';
import { readChunkFile } from './chunkFile';
import type { HeldBack } from './heldBack';
import { insertChunk, requireChunks } from './loadChunks';
import type { ReadySection } from './ready';
import { readyHistory } from './runHistory';
import { Tally } from './tally';

/** Tries one chunk of each cell, or every file, and rolls it back. Nothing is written, neither in the cloud nor here. */
export async function dryRunBulk(
  plan: Plan,
  text: string,
  context: RunContext,
  options: RunPlanOptions,
): Promise<RunReport> {
  const startedAt = context.clock.now();
  const { header } = choose(plan, text, context, options);
  await requireChunks(plan, context.folder);
  const sections =
    header.purpose === 'restore'
      ? await tryFiles(plan, header, context, options)
      : await tryChunks(plan, context, options);
  return { ...bulkFacts(header, 'dry-run', startedAt, context), run: '', sections };
}

async function tryChunks(
  plan: Plan,
  context: RunContext,
  { signal, onProgress }: RunPlanOptions,
): Promise<SectionReport[]> {
  const { sections, held } = await readyHistory(plan, context, signal);
  const reports: SectionReport[] = [];
  for (const [index, ready] of sections.entries()) {
    onProgress?.(index, sections.length, ready.section.name);
    reports.push(await tryChunk(ready, held, context, signal));
  }
  return reports;
}

async function tryChunk(
  { section, schema, inCell, inApi }: ReadySection,
  held: HeldBack,
  context: RunContext,
  signal?: AbortSignal,
): Promise<SectionReport> {
  const tally = new Tally();
  const started = performance.now();
  const { cell, before, from, to, chunk } = section;
  let uuids: readonly string[] = [];
  try {
    for (const place of [inCell, inApi]) {
      await withDatabase(
        context,
        place.unit.database,
        async (connection) => {
          if (place === inCell) {
            const search = { schema, cell, before, unreadHosts: held.unreadHosts };
            const found = await nextCandidates(connection, search, { from, to }, chunk, signal);
            uuids = found.filter((row) => held.reason(row) === undefined).map(({ uuid }) => uuid);
            // In a rehearsal the first SELECT opens a transaction.
            await rollBack(connection, context.logger);
          }
          const { tables } = await takeChunk(connection, place, uuids, signal);
          await rollBack(connection, context.logger);
          tally.add(cell, { schema: place.unit.schema, instances: 0, tables });
        },
        signal,
        'rehearsal',
      );
    }
    return tally.report(section, 'rolled-back', 'rolled-back', since(started));
  } catch (error) {
    if (signal?.aborted) throw new CancelledError();
    context.logger.warn(`the dry run of the history of ${section.name} failed: ${messageOf(error)}`);
    return tally.report(section, 'rolled-back', 'failed', since(started), error);
  }
}

async function tryFiles(
  { chunks }: Plan,
  { run = '' }: PlanHeader,
  context: RunContext,
  { signal, onProgress }: RunPlanOptions,
): Promise<SectionReport[]> {
  const reports: SectionReport[] = [];
  for (const [index, chunk] of chunks.entries()) {
    const { file, database, schema, rows, span } = chunk;
    onProgress?.(index, chunks.length, file);
    const started = performance.now();
    let problem: unknown;
    try {
      const content = await readChunkFile(join(context.folder, run), chunk);
      await withDatabase(
        context,
        database,
        async (connection) => {
          await insertChunk(connection, chunk, content, signal);
          await rollBack(connection, context.logger);
        },
        signal,
        'rehearsal',
      );
    } catch (error) {
      if (signal?.aborted) throw new CancelledError();
      problem = error;
    }
    const outcome: StepOutcome = problem === undefined ? 'rolled-back' : 'failed';
    const facts = { span, outcome, ...(problem === undefined ? {} : { problem: gapOf(problem) }) };
    const milliseconds = since(started);
    const step = { ...facts, what: file, expected: rows, rows, milliseconds, irreversible: false };
    reports.push({ ...facts, uuid: database, name: schema, steps: [step] });
  }
  return reports;
}

function since(start: number): number {
  return Math.round(performance.now() - start);
}
