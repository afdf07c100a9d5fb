import * as l10n from '@vscode/l10n';
import type { Plan, PlanHeader, Problem, Section } from '../model/plan';
import { atOnce, type Work } from '../model/work';
import { blockAt, mostProblems, type Block } from './planBlock';
import { factsOf, instanceLine, type HeaderFacts } from './planReader';
import { readBlocks } from './readBlocks';

/** A change of a text: `removed` code units at `offset` make room for `inserted`. */
export interface TextEdit {
  readonly offset: number;
  readonly removed: number;
  readonly inserted: string;
}

/**
 * The text of a plan as it is typed. It is read in blocks, one for each section, and an edit reads those anew that it
 * touches.
 */
export class PlanText {
  private blocks: readonly Block[];
  private known: Plan | undefined;

  constructor(text: string) {
    this.blocks = atOnce(readBlocks(text, []));
  }

  /** The same, which may be interrupted. */
  static *reading(text: string): Work<PlanText> {
    const read = new PlanText('');
    yield* read.editing({ offset: 0, removed: 0, inserted: text });
    return read;
  }

  /** Never throws: what was not understood, or may not run, is in `problems`, in the order of the text. */
  get plan(): Plan {
    this.known ??= this.assemble();
    return this.known;
  }

  edit(edit: TextEdit): void {
    atOnce(this.editing(edit));
  }

  /** The same, which may be interrupted: nothing else may be done with the text before it has ended. */
  *editing({ offset, removed, inserted }: TextEdit): Work<void> {
    const { facts } = this;
    const { from: start, to } = this.touched(offset, offset + removed);
    const count = this.blocks.length;
    const text = this.textOf(start, to);
    const at = offset - this.offsetOf(start);
    const changed = text.slice(0, at) + inserted + text.slice(at + removed);
    // Where the line that began the block is broken, the section above goes on.
    const from = start > 0 && !changed.startsWith(instanceLine) ? start - 1 : start;
    const read = yield* readBlocks(
      this.textOf(from, start) + changed,
      this.blocks.slice(to),
      from === 0 ? undefined : facts,
    );
    this.blocks = [...this.blocks.slice(0, from), ...read];
    const isOther = this.facts.purpose !== facts.purpose || this.facts.run !== facts.run;
    if (isOther && to < count) this.blocks = yield* readBlocks(this.textOf(0, this.blocks.length), []);
    this.known = undefined;
  }

  private get facts(): HeaderFacts {
    return factsOf(this.blocks[0]?.header ?? { purpose: 'cleanup' });
  }

  /** Numbers of the blocks that a stretch of the text lies in or borders on, the last one exclusive. */
  private touched(start: number, end: number): { from: number; to: number } {
    let from = -1;
    let to = 0;
    let at = 0;
    for (const [index, { text }] of this.blocks.entries()) {
      if (at > end) break;
      if (at + text.length >= start) {
        if (from < 0) from = index;
        to = index + 1;
      }
      at += text.length;
    }
    return { from: Math.max(from, 0), to };
  }

  private offsetOf(index: number): number {
    return this.blocks.slice(0, index).reduce((sum, { text }) => sum + text.length, 0);
  }

  private textOf(from: number, to: number): string {
    return this.blocks
      .slice(from, to)
      .map(({ text }) => text)
      .join('');
  }

  private assemble(): Plan {
    let at = 0;
    this.blocks = this.blocks.map((block) => {
      const placed = blockAt(block, at);
      at += block.text.length;
      return placed;
    });
    const header = this.blocks[0]?.header;
    const sections = this.blocks.flatMap((block) => block.sections);
    const histories = this.blocks[0]?.histories ?? [];
    const chunks = this.blocks[0]?.chunks ?? [];
    const problems = [
      ...missingLines(header, this.blocks[0]?.stops ?? false),
      ...repeated(sections),
      ...this.blocks.flatMap((block) => block.problems),
    ];
    return { ...(header ? { header } : {}), sections, histories, chunks, problems: readable(problems) };
  }
}

function missingLines(header: PlanHeader | undefined, stops: boolean): Problem[] {
  if (!header) {
    const message = l10n.t('This is no plan: the line with @plan is missing.');
    return [{ severity: 'error', message, span: { start: 0, end: 0 } }];
  }
  if (stops) return [];
  const message = l10n.t('The line that stops a plain client is missing.');
  return [{ severity: 'warning', message, span: header.span }];
}

function repeated(sections: readonly Section[]): Problem[] {
  const seen = new Set<string>();
  return sections.flatMap(({ uuid, span }): Problem[] => {
    if (!seen.has(uuid)) {
      seen.add(uuid);
      return [];
    }
    return [{ severity: 'error', message: l10n.t('This instance has a section already.'), span }];
  });
}

/** In the order of the text. Beyond a number the whole plan refuses, so that none is lost by not being listed. */
function readable(problems: readonly Problem[]): readonly Problem[] {
  const inOrder = problems.toSorted((one, other) => one.span.start - other.span.start);
  if (inOrder.length < mostProblems) return inOrder;
  const message = l10n.t('There are more than {0} problems. Draft the plan again.', mostProblems - 1);
  return [{ severity: 'error', message, span: { start: 0, end: 0 } }, ...inOrder.slice(0, mostProblems)];
}
