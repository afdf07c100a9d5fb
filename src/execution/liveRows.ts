import * as l10n from '@vscode/l10n';
import { identifier } from '../cleanup/literal';
import type { CellMapping } from '../cloud/access';
import { sideBySide } from '../evidence/sideBySide';
import { OperatorError } from '../model/errors';
import type { DirectoryStep, DomainStep, Section } from '../model/plan';
import { withDatabase, type RunContext } from './context';
import { waitForCluster } from './cluster';

const cellsAtATime = 16;

interface LiveRow {
  readonly cell: CellMapping;
  /** `instances.host`; null when it is nowhere */
  readonly host: string | null;
}

/**
 * Reads every cell right before something is done on a host, where no guard of a statement holds: rejects when the
 * instance is live, or when a cell does not say. A row that the section itself takes was guarded a moment ago. On another
 * host than its own, a live instance may have a directory left, and what `domain-on-two-hosts` finds.
 */
export async function requireNoLiveRow(
  section: Section,
  step: DomainStep | DirectoryStep,
  context: RunContext,
  signal?: AbortSignal,
): Promise<void> {
  const mayBeElsewhere = step.step === 'directory' || section.kind === 'domain-on-two-hosts';
  const [row] = (await liveRows(section, context, signal)).filter(
    ({ host }) => !mayBeElsewhere || host === null || host === step.host,
  );
  if (row) throw alive(section, row);
}

/** As `requireNoLiveRow`, on storage that hosts share: there the directory is everywhere. */
export async function requireNoLiveRowAnywhere(
  section: Section,
  context: RunContext,
  signal?: AbortSignal,
): Promise<void> {
  const [row] = await liveRows(section, context, signal);
  if (row) throw alive(section, row);
}

async function liveRows(section: Section, context: RunContext, signal?: AbortSignal): Promise<LiveRow[]> {
  const taken = section.steps.flatMap((step) =>
    step.step === 'unit' && step.takesRow ? [step.database] : [],
  );
  const others = context.cells.filter(({ uuid }) => !taken.includes(uuid));
  const found = await sideBySide(others, cellsAtATime, (cell) =>
    withDatabase(
      context,
      cell.uuid,
      async (connection) => {
        await waitForCluster(connection);
        const rows = await connection.query(
          `SELECT host FROM ${identifier(connection.schema)}.instances WHERE uuid = ? AND deleted = 0`,
          [section.uuid],
          signal,
        );
        return rows.map(({ host }): LiveRow => ({ cell, host: typeof host === 'string' ? host : null }));
      },
      signal,
      'reading',
    ),
  );
  return found.flat();
}

function alive({ uuid }: Section, { cell, host }: LiveRow): OperatorError {
  return new OperatorError(
    'stale-evidence',
    l10n.t('{0} is live by now: the cell {1} has it on {2}.', uuid, cell.name, host ?? 'NULL'),
    l10n.t('Nothing of it is removed. Scan again, and draft a new plan from what is found.'),
  );
}
