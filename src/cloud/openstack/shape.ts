import * as l10n from '@vscode/l10n';
import { OperatorError } from '../../model/errors';

/** An object of an answer, read field by field. A field that is not what the API promises is an OperatorError. */
export class Shape {
  private constructor(
    private readonly fields: Readonly<Record<string, unknown>>,
    /** for example `compute GET /servers/detail` */
    private readonly request: string,
    private readonly at: string,
  ) {}

  static of(value: unknown, request: string, at = ''): Shape {
    if (!isObject(value)) throw wrong(request, at, 'an object');
    return new Shape(value, request, at);
  }

  has(key: string): boolean {
    return this.value(key) !== undefined;
  }

  text(key: string): string {
    return this.optionalText(key) ?? this.fail(key, 'a text');
  }

  /** Undefined for null as well: services differ in which they send. */
  optionalText(key: string): string | undefined {
    const value = this.value(key);
    if (value === undefined || typeof value === 'string') return value;
    return this.fail(key, 'a text');
  }

  /** An id: text, or a number in old microversions. */
  id(key: string): string {
    const value = this.value(key);
    return typeof value === 'number' ? String(value) : this.text(key);
  }

  number(key: string): number {
    return this.optionalNumber(key) ?? this.fail(key, 'a number');
  }

  optionalNumber(key: string): number | undefined {
    const value = this.value(key);
    if (value === undefined || typeof value === 'number') return value;
    return this.fail(key, 'a number');
  }

  optionalFlag(key: string): boolean | undefined {
    const value = this.value(key);
    if (value === undefined || typeof value === 'boolean') return value;
    return this.fail(key, 'true or false');
  }

  /** A moment as ISO 8601 in UTC, which is what services mean that name no zone, as Cinder does. */
  optionalTime(key: string): string | undefined {
    const text = this.optionalText(key);
    if (text === undefined) return undefined;
    const time = new Date(/(Z|[+-]\d\d:?\d\d)$/.test(text) ? text : `${text}Z`);
    return Number.isNaN(time.getTime()) ? this.fail(key, 'a time') : time.toISOString();
  }

  object(key: string): Shape {
    return Shape.of(this.value(key), this.request, this.path(key));
  }

  list(key: string): Shape[] {
    const value = this.value(key);
    if (!Array.isArray(value)) return this.fail(key, 'a list');
    return value.map((item, index) => Shape.of(item, this.request, `${this.path(key)}[${index}]`));
  }

  optionalList(key: string): Shape[] {
    return this.has(key) ? this.list(key) : [];
  }

  /** An object with free keys. */
  entries(key: string): [string, Shape][] {
    const inner = this.object(key);
    return Object.keys(inner.fields).map((name) => [name, inner.object(name)]);
  }

  numbers(key: string): Record<string, number> {
    const inner = this.object(key);
    return Object.fromEntries(Object.keys(inner.fields).map((name) => [name, inner.number(name)]));
  }

  private value(key: string): unknown {
    const value = Object.hasOwn(this.fields, key) ? this.fields[key] : undefined;
    return value === null ? undefined : value;
  }

  private path(key: string): string {
    return this.at === '' ? key : `${this.at}.${key}`;
  }

  private fail(key: string, expected: string): never {
    throw wrong(this.request, this.path(key), expected);
  }
}

function wrong(request: string, at: string, expected: string): OperatorError {
  return new OperatorError(
    'bad-answer',
    l10n.t('{0}: {1} is not {2} in the answer.', request, at === '' ? l10n.t('the body') : at, expected),
    l10n.t('Check that this is the address of the service, and not of a proxy or another service.'),
  );
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The same without the fields that are undefined. */
export function defined<T extends object>(fields: T): Defined<T> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Defined<T>;
}

/** Fields that may be undefined become optional ones. */
type Defined<T> = { [K in keyof T as undefined extends T[K] ? never : K]: T[K] } & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>;
};
