import { copySuffix, deletingSuffix } from './directoryPath';
import type { JournalLine, MoveEntry } from './journalLine';

type Moved = MoveEntry & JournalLine;

/** The last word on each place in the quarantine, in the order of the first. */
export function lastMoves(lines: readonly JournalLine[]): Moved[] {
  const last = new Map<string, Moved>();
  for (const line of lines) {
    if (isMove(line)) {
      last.set(`${line.host} ${line.to}`, line);
    }
  }
  return [...last.values()];
}

/**
 * Directories that are in quarantine, or may be: bringing back one that never left changes nothing, and one that a purge
 * has begun with is not found under its name.
 */
export function restorable(lines: readonly JournalLine[]): Moved[] {
  return pick(lines, ['moving', 'moved', 'purging', 'not-purged']).filter(
    ({ to }) => !to.endsWith(copySuffix) && !to.endsWith(deletingSuffix),
  );
}

/** What a purge of the run deletes: all that is in the quarantine, or may be. */
export function purgeable(lines: readonly JournalLine[]): Moved[] {
  return pick(lines, ['moving', 'moved', 'copied', 'deleting', 'purging', 'not-purged']);
}

function pick(lines: readonly JournalLine[], words: readonly MoveEntry['event'][]): Moved[] {
  return lastMoves(lines).filter(({ event }) => words.includes(event));
}

function isMove(line: JournalLine): line is Moved {
  return 'to' in line;
}
