import { parse } from '../../src/cleanup/parse';
import type { RunContext } from '../../src/execution/context';
import { listRuns } from '../../src/execution/readJournal';
import { restorePlanText } from '../../src/execution/restorePlan';
import { OperatorError } from '../../src/model/errors';
import type { Section } from '../../src/model/plan';
import { apiDatabaseId } from '../../src/model/schema';
import { restOf, type End } from './drive';
import type { World } from './subject';

/**
 * Undefined when what the run left on this machine says exactly what it did in the cloud: the plan that goes on names all
 * that is still there, the restore plan all that is gone and can come back. Otherwise what they say wrongly.
 */
export async function misleading(end: End, world: World, context: RunContext): Promise<string | undefined> {
  const [record] = await listRuns(context.folder);
  if (record === undefined) {
    const isWhole = Object.values(world).every(Boolean);
    return isWhole && (end === 'killed' || OperatorError.is(end))
      ? undefined
      : `no run is listed, and it ended so: ${JSON.stringify(end)}`;
  }
  const rest = record.outcome === 'done' ? undefined : await restOf(record.run, context);
  const open = named(rest === undefined ? [] : parse(rest).sections);
  const told = { domain: open.domain, directory: open.directory, cell: open.cell, api: open.api };
  if (JSON.stringify(told) !== JSON.stringify(world)) {
    return `still there is ${JSON.stringify(world)}, and to go on with ${JSON.stringify(told)}`;
  }
  const back = named(parse(await restorePlanText(context.folder, record.run, context.clock)).sections);
  for (const part of ['directory', 'cell', 'api'] as const) {
    // A directory that may have left is named too: bringing back one that did not changes nothing.
    if (back[part] === world[part] && !(part === 'directory' && world[part])) {
      return `${part}: there ${String(world[part])}, to bring back ${String(back[part])}`;
    }
  }
  return undefined;
}

/** What the steps of a plan are about. */
function named(sections: readonly Section[]): World {
  const steps = sections.flatMap((section) => section.steps);
  const changes = steps.flatMap((step) =>
    step.step === 'unit' && step.statements.some(({ kind }) => kind !== 'select') ? [step.database] : [],
  );
  return {
    domain: steps.some(({ step }) => step === 'domain'),
    directory: steps.some(({ step }) => step === 'directory'),
    cell: changes.some((database) => database !== apiDatabaseId),
    api: changes.includes(apiDatabaseId),
  };
}
