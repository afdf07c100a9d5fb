import { visible } from '../model/text';

/** An age as one number and a unit: `5 min`, `3 h`, `14 d`. */
export function age(since: string, now: Date): string {
  const minutes = Math.max(0, Math.floor((now.getTime() - Date.parse(since)) / 60_000));
  if (minutes < 120) {
    return `${String(minutes)} min`;
  }
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${String(hours)} h` : `${String(Math.floor(hours / 24))} d`;
}

const units = ['KiB', 'MiB', 'GiB', 'TiB'];

/** Bytes in binary units: `512 B`, `30.4 GiB`. */
export function size(bytes: number): string {
  if (bytes < 1024) {
    return `${String(bytes)} B`;
  }
  const power = Math.min(units.length, Math.floor(Math.log2(bytes) / 10));
  return `${(bytes / 1024 ** power).toFixed(1)} ${units[power - 1] ?? ''}`;
}

/**
 * Text from anywhere as Markdown that shows just this text: every ASCII punctuation mark is escaped, so that neither
 * markup nor HTML nor a link (not even a bare address) comes of it.
 */
export function markdown(text: string): string {
  return visible(text).replace(/[!-/:-@[-`{-~]/g, '\\$&');
}

/** A command line as a block of code that its text cannot end. */
export function codeBlock(text: string): string {
  const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map((run) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `\n${fence}sh\n${visible(text)}\n${fence}\n`;
}
