/** What MariaDB refuses in an option file; its programs then do not start. */
export type OptionFault = 'no-group' | 'open-bracket' | 'empty-include';

export type OptionLine =
  /** `value` is absent for an option without "=" */
  | {
      readonly kind: 'option';
      readonly group: string;
      readonly name: string;
      readonly value?: string;
      readonly line: number;
    }
  | { readonly kind: 'include' | 'folder'; readonly path: string; readonly line: number }
  | { readonly kind: 'fault'; readonly fault: OptionFault; readonly line: number };

/**
 * Reads the text of an option file as MariaDB 10.11 does (mysys/my_default.c, search_default_file_with_ext), up to the
 * first fault. Any text is read without throwing.
 */
export function parseOptionText(text: string): readonly OptionLine[] {
  const found: OptionLine[] = [];
  let group: string | undefined;
  for (const [index, whole] of text.split('\n').entries()) {
    const line = index + 1;
    const start = trimStart(whole);
    const fault = (what: OptionFault): readonly OptionLine[] => [
      ...found,
      { kind: 'fault', fault: what, line },
    ];
    if (start === '' || /^[#;]/.test(start)) continue;
    if (start.startsWith('!')) {
      const [, keyword, rest] = /^!\s*(includedir|include)(?=[ \t\n\v\f\r]|$)(.*)$/s.exec(start) ?? [];
      const path = trim(rest ?? '');
      if (keyword !== undefined && path === '') return fault('empty-include');
      if (keyword !== undefined)
        found.push({ kind: keyword === 'include' ? 'include' : 'folder', path, line });
      continue;
    }
    if (start.startsWith('[')) {
      const end = start.indexOf(']');
      if (end < 0) return fault('open-bracket');
      group = trimEnd(start.slice(1, end));
      continue;
    }
    if (group === undefined) return fault('no-group');
    found.push({ kind: 'option', group, ...readOption(withoutComment(start)), line });
  }
  return found;
}

function readOption(text: string): { name: string; value?: string } {
  const equals = text.indexOf('=');
  if (equals < 0) return { name: trimEnd(text) };
  const value = withoutQuotes(trim(text.slice(equals + 1)));
  return { name: trimEnd(text.slice(0, equals)), value: unescape(value) };
}

function withoutQuotes(value: string): string {
  const quoted = value.length > 1 && /^["']/.test(value) && value.at(0) === value.at(-1);
  return quoted ? value.slice(1, -1) : value;
}

const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', b: '\b', s: ' ' };

/** A backslash before anything else, or at the end, is a backslash. */
function unescape(value: string): string {
  return value.replace(/\\(.)/gs, (whole, character: string) =>
    /["'\\]/.test(character) ? character : (escapes[character] ?? whole),
  );
}

/** A "#" begins a comment wherever it stands outside of quotes. */
function withoutComment(text: string): string {
  let quote = '';
  let escaped = false;
  for (let at = 0; at < text.length; at++) {
    const character = text.charAt(at);
    if (/["']/.test(character) && !escaped) {
      if (quote === '') quote = character;
      else if (quote === character) quote = '';
    }
    if (quote === '' && character === '#') return text.slice(0, at);
    escaped = quote !== '' && character === '\\' && !escaped;
  }
  return text;
}

function trimStart(text: string): string {
  return text.replace(/^[ \t\n\v\f\r]+/, '');
}

function trimEnd(text: string): string {
  let end = text.length;
  while (end > 0 && /[ \t\n\v\f\r]/.test(text.charAt(end - 1))) end--;
  return text.slice(0, end);
}

function trim(text: string): string {
  return trimEnd(trimStart(text));
}
