import * as l10n from '@vscode/l10n';
import type { Span } from '../model/span';
import { code, isWordCode } from './sql/characters';
import { ownLetters } from './sql/words';
import { directiveRules, type AttributeRule, type AttributeType, type AttributeValue } from './directives';

/** The attributes that each directive must have. */
const demanded: Readonly<Partial<Record<string, readonly string[]>>> = Object.fromEntries(
  Object.entries(directiveRules).map(([name, rules]) => [
    name,
    Object.keys(rules).filter((key) => !rules[key]?.optional),
  ]),
);

export interface Directive {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, AttributeValue>;
  readonly span: Span;
}

const beginning = /(?:--|#)[^\S\n]*@[A-Za-z]/y;

/** True when the comment that begins there wants to be a directive, however it is spaced. */
export function looksLikeDirective(text: string, start: number): boolean {
  // Most comments are prose, and a word begins it.
  let at = text.charCodeAt(start) === code.hash ? start + 1 : start + 2;
  while (text.charCodeAt(at) === code.space) at++;
  if (isWordCode(text.charCodeAt(at)) && text.charCodeAt(at) < code.delete) return false;
  beginning.lastIndex = start;
  return beginning.test(text);
}

/** Every change has its @expect, and most of them say the same: those are taken from here. */
const seen = new Map<string, Words | string>();
const most = 256;
const longest = 40;

type Words = Omit<Directive, 'span'>;

/** The directive in a comment, or what is wrong with it. */
export function readDirective(comment: string, span: Span): Directive | string {
  let words = seen.get(comment);
  if (words === undefined) {
    words = readWords(comment);
    if (comment.length <= longest && seen.size < most) seen.set(ownLetters(comment), words);
  }
  return typeof words === 'string' ? words : { name: words.name, attributes: words.attributes, span };
}

function readWords(comment: string): Words | string {
  const reader = new Reader(comment);
  const name = reader.name();
  const rules = Object.hasOwn(directiveRules, name) ? directiveRules[name] : undefined;
  if (!rules) return l10n.t('There is no directive @{0}.', name);
  const attributes = new Map<string, AttributeValue>();
  while (!reader.atEnd()) {
    const problem = readAttribute(reader, name, rules, attributes);
    if (problem !== undefined) return problem;
  }
  const missing = (demanded[name] ?? []).filter((key) => !attributes.has(key));
  return missing.length > 0 ? l10n.t('@{0} lacks {1}.', name, missing.join(', ')) : { name, attributes };
}

export function textOf(directive: Directive, key: string): string {
  const value = directive.attributes.get(key);
  return typeof value === 'string' ? value : '';
}

export function numberOf(directive: Directive, key: string): number {
  const value = directive.attributes.get(key);
  return typeof value === 'number' ? value : 0;
}

export function textsOf(directive: Directive, key: string): readonly string[] {
  const value = directive.attributes.get(key);
  return typeof value === 'object' ? value : [];
}

function readAttribute(
  reader: Reader,
  directive: string,
  rules: Readonly<Record<string, AttributeRule>>,
  into: Map<string, AttributeValue>,
): string | undefined {
  const key = reader.key();
  if (key === undefined)
    return l10n.t('@{0}: write attributes as key="value", with a blank between them.', directive);
  const rule = Object.hasOwn(rules, key) ? rules[key] : undefined;
  if (!rule) return l10n.t('@{0} has no attribute {1}.', directive, key);
  if (into.has(key)) return l10n.t('@{0} says {1} twice.', directive, key);
  const value = reader.value();
  if (!isOfType(value, rule.type))
    return l10n.t('@{0}: the value of {1} is not as it should be.', directive, key);
  into.set(key, value);
  return undefined;
}

function isOfType(value: unknown, type: AttributeType): value is AttributeValue {
  if (type === 'text') return typeof value === 'string';
  if (type === 'number') return Number.isSafeInteger(value);
  return Array.isArray(value) && value.every((each) => typeof each === 'string');
}

function numberOfDigits(text: string): number | undefined {
  return text.length >= 1 && text.length <= 15 ? Number(text) : undefined;
}

const letters = /[A-Za-z]*/y;
const lettersAndDigits = /[A-Za-z0-9]*/y;
const spaces = /[ \t]*/y;
const digits = /\d*/y;

/** Walks over one comment. */
class Reader {
  private at = 0;

  constructor(private readonly text: string) {}

  name(): string {
    this.at = this.text.indexOf('@') + 1;
    return this.run(letters);
  }

  atEnd(): boolean {
    return this.at >= this.text.length || this.text.slice(this.at).trim() === '';
  }

  /** Undefined when no ` key=` follows. */
  key(): string | undefined {
    const blanks = this.run(spaces);
    const key = this.run(lettersAndDigits);
    if (blanks === '' || key === '' || this.text[this.at] !== '=') return undefined;
    this.at++;
    return key;
  }

  /** A JSON string, a list of them or digits; undefined for all else. */
  value(): unknown {
    const start = this.at;
    const first = this.text[start];
    if (first === '"') this.skipString();
    else if (first === '[') this.skipList();
    else return numberOfDigits(this.run(digits));
    try {
      return JSON.parse(this.text.slice(start, this.at));
    } catch {
      return undefined;
    }
  }

  private run(allowed: RegExp): string {
    allowed.lastIndex = this.at;
    allowed.test(this.text);
    const run = this.text.slice(this.at, allowed.lastIndex);
    this.at = allowed.lastIndex;
    return run;
  }

  private skipString(): void {
    this.at++;
    while (this.at < this.text.length && this.text[this.at] !== '"')
      this.at += this.text[this.at] === '\\' ? 2 : 1;
    this.at++;
  }

  private skipList(): void {
    while (this.at < this.text.length && this.text[this.at] !== ']') {
      if (this.text[this.at] === '"') this.skipString();
      else this.at++;
    }
    this.at++;
  }
}
