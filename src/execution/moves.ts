import type { JournalLine } from './journal';

type Moved = Extract<JournalLine, { event: 'moving' | 'moved' | 'not-moved' }>;

/** The last word of a run on each directory that it began to put into quarantine, in the order of the first. */
export function lastMoves(lines: readonly JournalLine[]): Moved[] {
  const last = new Map<string, Moved>();
  for (const line of lines) {
    if (line.event === 'moving' || line.event === 'moved' || line.event === 'not-moved') {
      last.set(`${line.host} ${line.path}`, line);
    }
  }
  return [...last.values()];
}
