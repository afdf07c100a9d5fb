import * as l10n from '@vscode/l10n';
import type { HistorySection, HistoryStatement, HistoryUnit } from '../../model/history';
import type { Span } from '../../model/span';
import { apiDatabaseId } from '../../model/schema';
import { isUuid } from '../../model/uuid';
import { numberOf, textOf, type Directive } from '../readDirective';
import type { Read, UnitHead } from '../readSteps';
import type { Token } from '../sql/scan';
import type { Report } from '../sql/statement';
import { knownStatement } from './historyRules';

export type HistoryHead = Omit<HistorySection, 'units'>;

/** More rows than this in one transaction help nobody, and hold others up. */
const largestChunk = 10_000;

export function readHistory(directive: Directive): Read<HistoryHead> {
  const cell = textOf(directive, 'cell');
  const before = textOf(directive, 'before');
  const [from, to, instances, chunk] = ['from', 'to', 'instances', 'chunk'].map((key) =>
    numberOf(directive, key),
  ) as [number, number, number, number];
  if (!isUuid(cell)) return l10n.t('The cell is no UUID in lower case.');
  if (!isTime(before)) return l10n.t('before is a time in UTC: "2026-08-24T00:00:00Z".');
  if (from > to) return l10n.t('from is not larger than to.');
  if (chunk < 1 || chunk > largestChunk) return l10n.t('chunk is a number from 1 to {0}.', largestChunk);
  return { cell, name: textOf(directive, 'name'), before, from, to, instances, chunk, span: directive.span };
}

/** Reads the section of one cell, from the line after @history. */
export class HistoryReader {
  private readonly units: HistoryUnit[] = [];
  private open:
    | {
        readonly head: UnitHead;
        readonly directive: Span;
        readonly statements: HistoryStatement[];
        begun: boolean;
      }
    | undefined;

  constructor(
    private readonly text: string,
    private readonly head: HistoryHead,
    private readonly report: Report,
  ) {}

  unit(head: UnitHead, directive: Span): void {
    this.abandon();
    const expected = this.units.length === 0 ? this.head.cell : apiDatabaseId;
    if (head.database !== expected || head.parentsMissing || this.units.length > 1) {
      this.report(
        l10n.t('Here stand two transactions: one in the cell of the section, then one in the API database.'),
        directive,
      );
    }
    this.open = { head, directive, statements: [], begun: false };
  }

  statement(tokens: readonly Token[], span: Span): void {
    const { open } = this;
    if (!open || (!open.begun && !isStart(tokens))) {
      this.report(
        l10n.t('A statement stands in a unit: between @unit, START TRANSACTION; and COMMIT;'),
        span,
      );
    } else if (!open.begun) {
      open.begun = true;
    } else if (tokens.length === 1 && tokens[0]?.keyword === 'COMMIT') {
      const { database, schema } = open.head;
      const { statements } = open;
      this.units.push({ database, schema, statements, span: { start: open.directive.start, end: span.end } });
      this.open = undefined;
    } else {
      const known = knownStatement(tokens, open.head, this.head.before);
      if (known) open.statements.push({ ...known, sql: this.text.slice(span.start, span.end) });
      else this.report(l10n.t('No draft has this statement. Draft the plan again.'), span);
    }
  }

  close(): HistorySection {
    this.abandon();
    const { head, units } = this;
    if (units.length !== 2) {
      this.report(
        l10n.t('Here stand two transactions: one in the cell of the section, then one in the API database.'),
        head.span,
      );
    }
    return { ...head, units };
  }

  private abandon(): void {
    if (this.open) {
      this.report(l10n.t('This unit is not closed. Write COMMIT; at its end.'), this.open.directive);
    }
    this.open = undefined;
  }
}

function isTime(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/.test(text) && !Number.isNaN(Date.parse(text));
}

function isStart(tokens: readonly Token[]): boolean {
  return tokens.length === 2 && tokens[0]?.keyword === 'START' && tokens[1]?.keyword === 'TRANSACTION';
}
