import { apiDatabaseId, type DatabaseId } from '../model/schema';

/** Version of the plan document that this extension writes and reads. */
export const planVersion = 1;

export type AttributeType = 'text' | 'number' | 'texts';
export type AttributeValue = string | number | readonly string[];

export interface AttributeRule {
  readonly type: AttributeType;
  readonly optional?: true;
}

const text: AttributeRule = { type: 'text' };
const number: AttributeRule = { type: 'number' };
const optional: AttributeRule = { type: 'text', optional: true };

/** Every directive of a plan with its attributes, in the order in which they are written. */
export const directiveRules: Readonly<Record<string, Readonly<Record<string, AttributeRule>>>> = {
  plan: {
    version: number,
    cloud: text,
    cells: { type: 'texts' },
    id: text,
    drafted: text,
    scanned: text,
    purpose: text,
    run: optional,
  },
  instance: { uuid: text, name: text, kind: text, verdict: text, depth: text },
  confirm: { type: text, typed: text },
  manual: { command: text, done: text },
  domain: { host: text, uuid: text, state: text, then: text },
  directory: { host: text, path: text, bytes: number, then: text, from: optional },
  api: { do: text, id: optional, consumer: optional, provider: optional, state: optional },
  unit: { cell: optional, database: optional, schema: text, parents: optional },
  expect: { rows: number },
  history: {
    cell: text,
    name: text,
    before: text,
    from: number,
    to: number,
    instances: number,
    chunk: number,
  },
  chunk: { file: text, cell: optional, database: optional, schema: text, rows: number, sha256: text },
};

/** A directive as a comment line. Values are JSON in ASCII: nothing in them can end the line or be mistaken. */
export function directive(
  name: string,
  attributes: Readonly<Record<string, AttributeValue | undefined>>,
): string {
  const written = Object.entries(attributes).flatMap(([key, value]) =>
    value === undefined ? [] : [`${key}=${asciiJson(value)}`],
  );
  return ['--', `@${name}`, ...written].join(' ');
}

/** The first line of a unit. `parentsMissing` is for restore plans: see UnitStep. */
export function unitDirective(database: DatabaseId, schema: string, parentsMissing = false): string {
  const where = database === apiDatabaseId ? { database, schema } : { cell: database, schema };
  return directive('unit', { ...where, parents: parentsMissing ? 'missing' : undefined });
}

function asciiJson(value: AttributeValue): string {
  const escape = (unit: string): string => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
  return JSON.stringify(value).replace(/[\u007f-\uffff]/g, escape);
}
