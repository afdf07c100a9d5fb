import type { Work } from '../model/work';
import { readBlock, type Block } from './planBlock';
import { factsOf, instanceLine, type BlockContext, type HeaderFacts } from './planReader';

const mark = instanceLine.indexOf('@');
const rare = instanceLine.slice(mark);

/**
 * Reads a text that may have several sections, and then as many of the blocks that follow as it takes until one is
 * closed: what opens in one block may end in another. The text begins a plan where no @plan is known yet.
 */
export function* readBlocks(
  beginning: string,
  following: readonly Block[],
  known?: HeaderFacts,
): Work<readonly Block[]> {
  const blocks: Block[] = [];
  let context: BlockContext = { first: known === undefined, ...(known ?? { purpose: 'cleanup' }) };
  let text = beginning;
  let start = 0;
  let next = 0;
  for (;;) {
    let stretches = 1;
    let end = endOf(text, start, stretches);
    let block = yield* readBlock(text, { start, end }, context);
    while (!block.closed && (end < text.length || next < following.length)) {
      // Twice as much each time, so that a quote that is never closed is not read over and over.
      stretches *= 2;
      if (endOf(text, start, stretches) === text.length) {
        const more = following.slice(next, next + stretches);
        text += more.map((each) => each.text).join('');
        next += more.length;
      }
      end = endOf(text, start, stretches);
      block = yield* readBlock(text, { start, end }, context);
    }
    blocks.push(block);
    context = { ...(block.header ? factsOf(block.header) : context), first: false };
    start = end;
    if (start === text.length) return [...blocks, ...following.slice(next)];
  }
}

/** Where the given number of stretches ends, each up to the next line that begins a section. */
function endOf(text: string, start: number, stretches: number): number {
  let end = start;
  for (let count = 0; count < stretches; count++) {
    end = nextSection(text, end);
  }
  return end;
}

/** Where the next line begins that begins a section, after `from`; the end of the text when none does. */
function nextSection(text: string, from: number): number {
  // Its @ is rarer in a plan than the end of a line.
  let at = text.indexOf(rare, from + 1 + mark);
  while (at >= 0 && !text.startsWith(`\n${instanceLine}`, at - mark - 1)) at = text.indexOf(rare, at + 1);
  return at < 0 ? text.length : at - mark;
}
