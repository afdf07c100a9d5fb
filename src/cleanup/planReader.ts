import * as l10n from '@vscode/l10n';
import type { PlanHeader, Problem, Section, Step } from '../model/plan';
import type { Span } from '../model/span';
import type { HistorySection, RestoreChunk } from '../model/history';
import { HistoryReader, readHistory } from './history/historyReader';
import { readChunk } from './history/restoreHistory';
import { checkSection } from './planRules';
import { looksLikeDirective, readDirective, type Directive } from './readDirective';
import { readApi } from './readApi';
import {
  readConfirm,
  readDirectory,
  readDomain,
  readHeader,
  readInstance,
  readManual,
  readUnit,
  type Read,
  type SectionHead,
} from './readSteps';
import { sectionBlockers } from './sectionBlockers';
import { readStop } from './sql/guard';
import { spanOf, type Sink, type Token } from './sql/scan';
import { UnitReader } from './unitReader';

interface OpenSection extends SectionHead {
  readonly steps: Step[];
}

/** How a line begins that ends the section above it, and opens its own when it is in order. */
export const instanceLine = '-- @instance ';

/** What a block has to know of the blocks before it. */
export interface BlockContext extends HeaderFacts {
  /** it has the beginning of the text, where alone a @plan stands */
  readonly first: boolean;
}

/** What of the @plan line decides how sections are judged. */
export type HeaderFacts = Pick<PlanHeader, 'purpose' | 'run'>;

export function factsOf({ purpose, run }: HeaderFacts): HeaderFacts {
  return { purpose, ...(run === undefined ? {} : { run }) };
}

export interface BlockContent {
  readonly header?: PlanHeader;
  /** the line that stops a plain client is here */
  readonly stops: boolean;
  readonly sections: readonly Section[];
  readonly histories: readonly HistorySection[];
  readonly chunks: readonly RestoreChunk[];
  readonly problems: readonly Problem[];
  /** no statement, string or comment goes on behind it, so that the next line begins something new */
  readonly closed: boolean;
}

/** Puts a block of a plan together from what the scanner hands it. */
export class PlanReader implements Sink {
  private header: PlanHeader | undefined;
  private readonly sections: Section[] = [];
  private readonly histories: HistorySection[] = [];
  private readonly chunks: RestoreChunk[] = [];
  private readonly problems: Problem[] = [];
  private section: OpenSection | undefined;
  private unit: UnitReader | undefined;
  private history: HistoryReader | undefined;
  private pending: Token[] = [];
  private stops = false;
  private open = false;
  /** a @plan may still come, and the line that stops a plain client */
  private isPreamble: boolean;

  constructor(
    private readonly text: string,
    private readonly stretch: Span,
    private readonly context: BlockContext,
  ) {
    this.isPreamble = context.first;
  }

  token(token: Token): void {
    if (token.keyword !== ';') {
      this.pending.push(token);
      return;
    }
    const tokens = this.pending;
    this.pending = [];
    if (tokens.length > 0) this.statement(tokens, token.end);
  }

  line(span: Span, alone: boolean): void {
    if (!looksLikeDirective(this.text, span.start)) return;
    if (!alone || this.pending.length > 0) {
      this.problem(l10n.t('A directive stands on a line of its own, between statements.'), span);
      return;
    }
    const comment = this.text.slice(span.start, span.end);
    const directive = readDirective(comment, span);
    if (typeof directive !== 'string') {
      this.directive(directive);
      return;
    }
    // What stands below a broken line must not pass for the instance above it.
    if (comment.startsWith(instanceLine)) this.closeSection(span.start);
    this.problem(directive, span);
  }

  readonly unclosed = (message: string, span: Span): void => {
    this.open = true;
    this.problem(message, span);
  };

  readonly problem = (message: string, { start, end }: Span): void => {
    this.problems.push({ severity: 'error', message, span: { start, end } });
  };

  finish(): BlockContent {
    const closed = !this.open && this.pending.length === 0;
    if (this.pending.length > 0) {
      this.problem(l10n.t('This statement does not end. Close it with a semicolon.'), spanOf(this.pending));
    }
    this.closeSection(this.stretch.end);
    const { header, stops, sections, histories, chunks, problems } = this;
    return { ...(header ? { header } : {}), stops, sections, histories, chunks, problems, closed };
  }

  private directive(directive: Directive): void {
    switch (directive.name) {
      case 'expect':
        if (this.unit) this.unit.expectation(directive);
        else this.problem(l10n.t('@expect stands before a change, inside a transaction.'), directive.span);
        return;
      case 'plan':
        return this.plan(directive);
      case 'instance':
        return this.instance(directive);
      case 'history':
        return this.beginHistory(directive);
      case 'chunk':
        return this.chunk(directive);
      default:
        return this.step(directive);
    }
  }

  private plan(directive: Directive): void {
    if (this.header || !this.isPreamble) {
      this.problem(l10n.t('There is one @plan line, before all others.'), directive.span);
      return;
    }
    this.header = this.accept(readHeader(directive), directive);
  }

  private instance(directive: Directive): void {
    this.closeSection(directive.span.start);
    const head = this.accept(readInstance(directive), directive);
    if (head) this.section = { ...head, steps: [] };
  }

  /** Its sections stand in a plan of their own, which is read as one block. */
  private beginHistory(directive: Directive): void {
    this.closeSection(directive.span.start);
    if (!this.context.first || this.header?.purpose !== 'history') {
      this.problem(l10n.t('@history stands in a plan whose purpose is history.'), directive.span);
      return;
    }
    const head = this.accept(readHistory(directive), directive);
    if (!head) return;
    if (this.histories.some(({ cell }) => cell === head.cell))
      this.problem(l10n.t('This cell has a section already.'), directive.span);
    this.history = new HistoryReader(this.text, head, this.problem);
  }

  private chunk(directive: Directive): void {
    this.closeSection(directive.span.start);
    if (!this.context.first || this.header?.purpose !== 'restore') {
      this.problem(l10n.t('@chunk stands in a plan whose purpose is restore.'), directive.span);
      return;
    }
    const chunk = this.accept(readChunk(directive), directive);
    if (!chunk) return;
    if (this.chunks.some(({ file }) => file === chunk.file))
      this.problem(l10n.t('This file has a line already.'), directive.span);
    this.chunks.push(chunk);
  }

  private step(directive: Directive): void {
    if (this.history && directive.name === 'unit') {
      const head = this.accept(readUnit(directive), directive);
      if (head) this.history.unit(head, directive.span);
      return;
    }
    this.abandonUnit();
    if (!this.section) {
      this.problem(l10n.t('This line belongs to no @instance.'), directive.span);
    } else if (directive.name === 'unit') {
      const head = this.accept(readUnit(directive), directive);
      if (head) this.unit = new UnitReader(this.text, head, directive.span, this.problem);
    } else {
      const step = this.accept(readStep(directive, this.section.uuid), directive);
      if (step) this.section.steps.push(step);
    }
  }

  private statement(tokens: readonly Token[], end: number): void {
    const span = spanOf(tokens);
    if (this.history) {
      this.history.statement(tokens, span);
    } else if (!this.unit || !this.section) {
      this.outside(tokens, span);
    } else if (this.unit.statement(tokens, span)) {
      this.section.steps.push(this.unit.close(this.section, this.purpose(), end));
      this.unit = undefined;
    }
  }

  private outside(tokens: readonly Token[], span: Span): void {
    const id = readStop(tokens);
    if (id !== undefined && id === this.header?.id && this.isPreamble) this.stops = true;
    else
      this.problem(
        l10n.t('A statement stands in a unit: between @unit, START TRANSACTION; and COMMIT;'),
        span,
      );
  }

  private abandonUnit(): void {
    this.unit?.abandon();
    this.unit = undefined;
  }

  private closeSection(end: number): void {
    this.abandonUnit();
    this.isPreamble = false;
    if (this.history) this.histories.push(this.history.close());
    this.history = undefined;
    if (!this.section) return;
    const section: Section = { ...this.section, range: { start: this.section.span.start, end } };
    checkSection(section, this.header ?? this.context, this.problem);
    this.problems.push(...sectionBlockers(section));
    this.sections.push(section);
    this.section = undefined;
  }

  private accept<T>(read: Read<T>, directive: Directive): T | undefined {
    if (typeof read !== 'string') return read;
    this.problem(read, directive.span);
    return undefined;
  }

  private purpose(): PlanHeader['purpose'] {
    return this.header?.purpose ?? this.context.purpose;
  }
}

function readStep(directive: Directive, uuid: string): Read<Step> {
  switch (directive.name) {
    case 'confirm':
      return readConfirm(directive, uuid);
    case 'manual':
      return readManual(directive);
    case 'domain':
      return readDomain(directive, uuid);
    case 'api':
      return readApi(directive, uuid);
    default:
      return readDirectory(directive, uuid);
  }
}
