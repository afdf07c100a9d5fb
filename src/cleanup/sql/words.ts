import { isWordCode } from './characters';

/** An unquoted name or keyword. */
export interface Word {
  readonly text: string;
  /** in upper case; empty with letters beyond ASCII, which may have one of ASCII as their upper case */
  readonly keyword: string;
}

/** A power of two. */
const places = 4096;
const longest = 64;

/** Statements are made of the same few hundred words: each is taken from here when it was seen a moment ago. */
const seen: (Word | undefined)[] = Array.from({ length: places }, () => undefined);

/** The word that begins at `start`, and is empty when none does. */
export function wordAt(text: string, start: number): Word {
  let end = start;
  let hash = 0;
  for (let unit = text.charCodeAt(end); isWordCode(unit); unit = text.charCodeAt(++end)) {
    hash = (Math.imul(hash, 31) + unit) | 0;
  }
  const place = hash & (places - 1);
  const known = seen[place];
  if (known?.text.length === end - start && text.startsWith(known.text, start)) return known;
  if (end - start > longest) return wordOf(text.slice(start, end));
  return (seen[place] = wordOf(ownLetters(text.slice(start, end))));
}

/** The same text with letters of its own: a slice of a long text would keep all of it in memory. */
export function ownLetters(text: string): string {
  return String.fromCharCode(...Array.from({ length: text.length }, (_, index) => text.charCodeAt(index)));
}

function wordOf(text: string): Word {
  return { text, keyword: /^[\w$]+$/.test(text) ? text.toUpperCase() : '' };
}
