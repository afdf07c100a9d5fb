import type { JournalLine, SavedChunk } from '../journalLine';

export type PreparedChunk = Extract<JournalLine, { event: 'prepared' }> & { readonly chunk: SavedChunk };

/** The transactions of chunks of which the journal says so at last, in the order of the run. */
export function savedChunks(
  lines: readonly JournalLine[],
  words: readonly ('committed' | 'void')[],
): PreparedChunk[] {
  const told = new Set(
    lines.flatMap((line) =>
      (line.event === 'committed' || line.event === 'void') && words.includes(line.event)
        ? [line.fragment]
        : [],
    ),
  );
  return lines.flatMap((line) =>
    line.event === 'prepared' && line.chunk && told.has(line.fragment)
      ? [{ ...line, chunk: line.chunk }]
      : [],
  );
}
