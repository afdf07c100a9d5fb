import * as l10n from '@vscode/l10n';
import type { Span } from '../../model/span';
import { atOnce, type Work } from '../../model/work';
import { code, isBlank, isDashComment, isFirstOfLine, isWordCode } from './characters';
import { isDigit, numberEnd } from './numbers';
import { wordAt } from './words';

/** A piece of SQL. `word` is an unquoted name or keyword, `name` a name in backticks. */
export interface Token extends Span {
  readonly kind: 'word' | 'name' | 'number' | 'string' | 'variable' | 'symbol';
  /** what it says: names and strings without their quotes */
  readonly text: string;
  /** a word in upper case, a number or a symbol; empty for what can be neither keyword nor punctuation */
  readonly keyword: string;
}

/** From the first of some tokens to the last. */
export function spanOf(tokens: readonly Token[]): Span {
  return { start: tokens[0]?.start ?? 0, end: tokens[tokens.length - 1]?.end ?? 0 };
}

/** What the scanner hands on, in the order of the text. */
export interface Sink {
  token(token: Token): void;
  /** A comment that ends with its line; `alone` when nothing else is on the line. */
  line(span: Span, alone: boolean): void;
  problem(message: string, span: Span): void;
  /** A string or a comment that goes on to the end of the text. */
  unclosed(message: string, span: Span): void;
}

/** Code units between two places where the work may be interrupted. */
const atATime = 65_536;

/**
 * Runs over a stretch of the text once, as the server's own lexer would (MySQL manual, "Comments", "String Literals").
 * It begins with a line, and ends with one or with the text.
 */
export function scan(text: string, stretch: Span, sink: Sink): void {
  atOnce(scanning(text, stretch, sink));
}

/** The same, which may be interrupted. */
export function* scanning(text: string, { start, end }: Span, sink: Sink): Work<void> {
  let at = start;
  while (at < end) {
    const until = Math.min(at + atATime, end);
    while (at < until) at = step(text, at, end, sink);
    yield;
  }
}

function step(text: string, at: number, stop: number, sink: Sink): number {
  const unit = text.charCodeAt(at);
  if (isBlank(unit)) return at + 1;
  if (isDigit(unit) || unit === code.dot) {
    const end = numberEnd(text, at);
    if (end !== undefined) return number(text, at, end, sink);
  }
  if (isWordCode(unit)) return word(text, at, sink);
  if (unit === code.quote || unit === code.doubleQuote) return quoted(text, at, stop, 'string', sink);
  if (unit === code.hash || isDashComment(text, at)) return lineComment(text, at, sink);
  if (unit === code.slash && text.charCodeAt(at + 1) === code.star) return blockComment(text, at, stop, sink);
  if (unit === code.backtick) return quoted(text, at, stop, 'name', sink);
  if (unit === code.at) return variable(text, at, sink);
  return symbol(text, at, sink);
}

function symbol(text: string, start: number, sink: Sink): number {
  const unit = text.charCodeAt(start);
  if (unit === code.minus && text.charCodeAt(start + 1) === code.minus) {
    const span = { start, end: start + 2 };
    sink.problem(l10n.t('Two dashes begin a comment only before a blank. Write a blank behind them.'), span);
  }
  const assigns = unit === code.colon && text.charCodeAt(start + 1) === code.equals;
  const mark = assigns ? ':=' : text.charAt(start);
  const end = start + mark.length;
  sink.token({ kind: 'symbol', text: mark, keyword: mark, start, end });
  return end;
}

function number(text: string, start: number, end: number, sink: Sink): number {
  const digits = text.slice(start, end);
  sink.token({ kind: 'number', text: digits, keyword: digits, start, end });
  return end;
}

function word(text: string, start: number, sink: Sink): number {
  const { text: name, keyword } = wordAt(text, start);
  const end = start + name.length;
  const first = text.charCodeAt(start);
  if (isDigit(first) || first === code.dollar) {
    // A number may end in the midst of it; MySQL 9 quotes text with $$ or $name$.
    const message = l10n.t(
      'Servers differ in how they read this. Write blanks around a number, and a name in backticks.',
    );
    sink.problem(message, { start, end });
  }
  sink.token({ kind: 'word', text: name, keyword, start, end });
  return end;
}

function variable(text: string, start: number, sink: Sink): number {
  const name = start + (text.charCodeAt(start + 1) === code.at ? 2 : 1);
  const end = name + wordAt(text, name).text.length;
  sink.token({ kind: 'variable', text: text.slice(start, end), keyword: '', start, end });
  return end;
}

function lineComment(text: string, start: number, sink: Sink): number {
  const newline = text.indexOf('\n', start);
  const next = newline < 0 ? text.length : newline;
  const end = text.charCodeAt(next - 1) === code.return ? next - 1 : next;
  sink.line({ start, end }, isFirstOfLine(text, start));
  return next;
}

function blockComment(text: string, start: number, stop: number, sink: Sink): number {
  const close = text.indexOf('*/', start + 2);
  const closed = close >= 0 && close < stop;
  const end = closed ? close + 2 : stop;
  const opening = text.slice(start + 2, start + 4);
  if (!closed) {
    sink.unclosed(l10n.t('This comment does not end. Close it with */.'), { start, end });
  } else if (opening.startsWith('!') || opening === 'M!' || opening.startsWith('+')) {
    sink.problem(l10n.t('A server executes what stands in this comment. Take it out.'), { start, end });
  }
  return end;
}

function quoted(text: string, start: number, stop: number, kind: 'string' | 'name', sink: Sink): number {
  const quote = text.charCodeAt(start);
  let end = start + 1;
  let doubled = false;
  let escaped = false;
  for (; end < stop; end++) {
    const unit = text.charCodeAt(end);
    if (unit === code.backslash && kind === 'string') {
      escaped = true;
      end++;
    } else if (unit === quote) {
      if (text.charCodeAt(end + 1) !== quote) break;
      doubled = true;
      end++;
    }
  }
  const closed = end < stop;
  end = Math.min(end + 1, stop);
  const inner = text.slice(start + 1, closed ? end - 1 : end);
  const mark = String.fromCharCode(quote);
  const value = doubled ? inner.replaceAll(mark + mark, mark) : inner;
  sink.token({ kind, text: value, keyword: '', start, end });
  reportQuoted({ closed, escaped, double: quote === code.doubleQuote }, { start, end }, sink);
  return end;
}

function reportQuoted(
  what: { readonly closed: boolean; readonly escaped: boolean; readonly double: boolean },
  span: Span,
  sink: Sink,
): void {
  if (!what.closed) {
    sink.unclosed(l10n.t('The quote that opens here is never closed.'), span);
  } else if (what.escaped) {
    sink.problem(
      l10n.t("A backslash depends on the server's sql_mode. Write CONVERT(X'...' USING utf8mb4)."),
      span,
    );
  } else if (what.double) {
    sink.problem(l10n.t("Double quotes depend on the server's sql_mode. Use single quotes."), span);
  }
}
