import * as l10n from '@vscode/l10n';
import type { PlanHeader, Section, Statement, UnitStep } from '../model/plan';
import type { Span } from '../model/span';
import { checkUnit } from './planRules';
import { type Reviewed } from './reviewed';
import { numberOf, type Directive } from './readDirective';
import type { UnitHead } from './readSteps';
import { withRepairs } from './readRepair';
import { guardsOf, rowState, takesLiveRow } from './rowRules';
import { commaList } from './sql/condition';
import { readGuard } from './sql/guard';
import { spanOf, type Token } from './sql/scan';
import { analyse, type Report } from './sql/statement';

type Writable<T> = { -readonly [K in keyof T]: T[K] };

type SectionWords = Pick<Section, 'uuid' | 'verdict' | 'depth'>;

/** Reads one transaction, from the line after @unit to COMMIT. */
export class UnitReader {
  private readonly statements: Writable<Statement>[] = [];
  private readonly reviewed: Reviewed[] = [];
  private begun = false;
  private expect: Directive | undefined;

  constructor(
    private readonly text: string,
    private readonly head: UnitHead,
    private readonly directive: Span,
    private readonly report: Report,
  ) {}

  expectation(directive: Directive): void {
    this.endExpectation();
    if (!this.begun)
      this.report(l10n.t('@expect stands before a change, inside a transaction.'), directive.span);
    else this.expect = directive;
  }

  /** Takes a statement of the unit; true when it closes the unit. */
  statement(tokens: readonly Token[], span: Span): boolean {
    if (!this.begun) {
      this.begun = isStart(tokens);
      if (!this.begun) this.report(l10n.t('A unit begins with START TRANSACTION;'), span);
      return false;
    }
    if (tokens.length === 1 && tokens[0]?.keyword === 'COMMIT') return true;
    this.inside(tokens, span);
    return false;
  }

  close(section: SectionWords, purpose: PlanHeader['purpose'], end: number): UnitStep {
    this.endExpectation();
    const { head } = this;
    const place = { uuid: section.uuid, database: head.database, schema: head.schema };
    const reviewed = section.depth === 'repair' ? withRepairs(this.reviewed, place) : this.reviewed;
    checkUnit(reviewed, section, { ...head, span: this.directive }, purpose, this.report);
    const taken = takesLiveRow(reviewed, head.database) ? { takesRow: true as const } : {};
    const row = rowState(guardsOf(reviewed), place);
    reviewed.forEach(({ repair }, index) => {
      const statement = this.statements[index];
      if (repair && statement) statement.repair = repair;
    });
    const span = { start: this.directive.start, end };
    return { step: 'unit', ...head, ...taken, ...(row ? { row } : {}), statements: this.statements, span };
  }

  abandon(): void {
    this.endExpectation();
    this.report(l10n.t('This unit is not closed. Write COMMIT; at its end.'), this.directive);
  }

  private inside(tokens: readonly Token[], span: Span): void {
    const analysis = analyse(tokens, this.head.schema, this.report);
    if (!analysis) {
      this.expect = undefined;
      return;
    }
    const { kind, table, from, set, where } = analysis;
    const expect = this.takeExpectation(kind !== 'select', span);
    const guard = kind === 'select' ? readGuard(tokens) : undefined;
    this.reviewed.push({ analysis, tokens, guard, expect, span });
    const statement: Writable<Statement> = { kind, sql: this.textAt(span), span };
    if (table !== undefined) statement.table = table;
    if (from !== undefined) statement.from = from;
    if (set !== undefined) statement.sets = columnsOf(set);
    if (where?.length) statement.where = this.textAt(spanOf(where));
    if (expect !== undefined) statement.expect = expect;
    this.statements.push(statement);
  }

  private textAt({ start, end }: Span): string {
    return this.text.slice(start, end);
  }

  private takeExpectation(changes: boolean, span: Span): number | undefined {
    const expect = this.expect;
    if (!changes) {
      this.endExpectation();
      return undefined;
    }
    this.expect = undefined;
    if (!expect)
      this.report(l10n.t('How many rows does this change? Write -- @expect rows=... above it.'), span);
    return expect && numberOf(expect, 'rows');
  }

  /** Call where nothing can follow that the last @expect could be for. */
  private endExpectation(): void {
    if (this.expect) this.report(l10n.t('No change follows this line.'), this.expect.span);
    this.expect = undefined;
  }
}

function columnsOf(set: readonly Token[]): string[] {
  return commaList(set).flatMap(([column]) => (column ? [column.text.toLowerCase()] : []));
}

function isStart(tokens: readonly Token[]): boolean {
  return tokens.length === 2 && tokens[0]?.keyword === 'START' && tokens[1]?.keyword === 'TRANSACTION';
}
