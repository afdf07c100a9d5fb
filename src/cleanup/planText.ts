import * as l10n from '@vscode/l10n';
import type { Plan, PlanHeader, Problem, Section } from '../model/plan';
import { blockAt, readBlock, type Block } from './planBlock';
import { instanceLine } from './planReader';

/** A change of a text: `removed` code units at `offset` make room for `inserted`. */
export interface TextEdit {
  readonly offset: number;
  readonly removed: number;
  readonly inserted: string;
}

/** More problems than anybody reads. */
const most = 1000;

/**
 * The text of a plan as it is typed. It is read in blocks, one for each section, and an edit reads those anew that it
 * touches.
 */
export class PlanText {
  private blocks: readonly Block[];
  private known: Plan | undefined;

  constructor(text: string) {
    this.blocks = readBlocks(text, [], 'first', 'cleanup');
    this.rereadForPurpose('cleanup');
  }

  /** Never throws: what was not understood, or may not run, is in `problems`, in the order of the text. */
  get plan(): Plan {
    this.known ??= this.assemble();
    return this.known;
  }

  edit({ offset, removed, inserted }: TextEdit): void {
    const purpose = this.purpose;
    const { from: start, to } = this.touched(offset, offset + removed);
    const text = this.textOf(start, to);
    const at = offset - this.offsetOf(start);
    const changed = text.slice(0, at) + inserted + text.slice(at + removed);
    // Where the line that began the block is broken, the section above goes on.
    const from = start > 0 && !changed.startsWith(instanceLine) ? start - 1 : start;
    const before = this.blocks.slice(0, from);
    const after = this.blocks.slice(to);
    const read = readBlocks(
      this.textOf(from, start) + changed,
      after,
      from === 0 ? 'first' : 'later',
      purpose,
    );
    this.blocks = [...before, ...read];
    this.known = undefined;
    this.rereadForPurpose(purpose);
  }

  private get purpose(): PlanHeader['purpose'] {
    return this.blocks[0]?.header?.purpose ?? 'cleanup';
  }

  /** Blocks were read for another purpose than the first one turned out to say. */
  private rereadForPurpose(purpose: PlanHeader['purpose']): void {
    if (this.purpose === purpose) return;
    const text = this.textOf(0, this.blocks.length);
    this.blocks = readBlocks(text, [], 'first', this.purpose);
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
    const problems = [
      ...missingLines(header, this.blocks[0]?.stops ?? false),
      ...repeated(sections),
      ...this.blocks.flatMap((block) => block.problems),
    ];
    return { ...(header ? { header } : {}), sections, problems: readable(problems) };
  }
}

/**
 * Reads a text that may have several sections, and then as many of the blocks that follow as it takes until one is
 * closed: what opens in one block may end in another.
 */
function readBlocks(
  text: string,
  following: readonly Block[],
  place: 'first' | 'later',
  purpose: PlanHeader['purpose'],
): readonly Block[] {
  const blocks: Block[] = [];
  let rest = text;
  let next = 0;
  let first = place === 'first';
  for (;;) {
    let sections = 1;
    let end = endOf(rest, sections);
    let block = readBlock(rest.slice(0, end), { first, purpose });
    while (!block.closed && (end < rest.length || next < following.length)) {
      // Twice as much each time, so that a quote that is never closed is not read over and over.
      sections *= 2;
      for (; endOf(rest, sections) === rest.length && next < following.length; next++) {
        rest += following[next]?.text ?? '';
      }
      end = endOf(rest, sections);
      block = readBlock(rest.slice(0, end), { first, purpose });
    }
    blocks.push(block);
    rest = rest.slice(end);
    first = false;
    if (rest === '') return [...blocks, ...following.slice(next)];
  }
}

/** Where the given number of stretches ends, each up to the next line that begins a section. */
function endOf(text: string, stretches: number): number {
  let end = 0;
  for (let count = 0; count < stretches; count++) {
    const next = text.indexOf(`\n${instanceLine}`, end);
    if (next < 0) return text.length;
    end = next + 1;
  }
  return end;
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
  if (inOrder.length < most) return inOrder;
  const message = l10n.t('There are more than {0} problems. Draft the plan again.', most - 1);
  return [{ severity: 'error', message, span: { start: 0, end: 0 } }, ...inOrder.slice(0, most)];
}
