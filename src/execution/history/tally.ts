import type { HistorySection } from '../../model/history';
import type { SectionReport, StepOutcome, StepReport } from '../../model/report';
import { gapOf } from '../gap';
import type { Done } from './worker';

/** What a run did of each cell. */
export class Tally {
  private readonly rows = new Map<string, Map<string, number>>();
  private readonly instancesOf = new Map<string, number>();

  add(cell: string, { schema, instances, tables }: Done): void {
    const rows = this.rows.get(cell) ?? new Map<string, number>();
    this.rows.set(cell, rows);
    for (const [table, count] of tables) {
      const name = `${schema}.${table}`;
      rows.set(name, (rows.get(name) ?? 0) + count);
    }
    this.instancesOf.set(cell, this.instances(cell) + instances);
  }

  instances(cell: string): number {
    return this.instancesOf.get(cell) ?? 0;
  }

  get total(): number {
    return [...this.instancesOf.values()].reduce((sum, count) => sum + count, 0);
  }

  /** @param became of the rows that were deleted */
  report(
    { cell, name, span }: Pick<HistorySection, 'cell' | 'name' | 'span'>,
    became: StepOutcome,
    outcome: StepOutcome,
    milliseconds: number,
    error?: unknown,
  ): SectionReport {
    const steps = [...(this.rows.get(cell) ?? [])].map(([table, rows], index): StepReport => ({
      what: table,
      span,
      outcome: became,
      expected: rows,
      rows,
      milliseconds: index === 0 ? milliseconds : 0,
      irreversible: false,
    }));
    return {
      uuid: cell,
      name,
      span,
      outcome,
      steps,
      ...(error === undefined ? {} : { problem: gapOf(error) }),
    };
  }
}
