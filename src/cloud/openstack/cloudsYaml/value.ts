import * as l10n from '@vscode/l10n';
import type { Origin, Report } from './report';

export type Mapping = ReadonlyMap<string, Value>;

export type Data = string | boolean | bigint | number | null | readonly Value[] | Mapping;

/** A value of a file or of the environment, and where it was written. Whole numbers are bigints. */
export interface Value {
  readonly origin: Origin;
  readonly data: Data;
  /** written as a number that is not shown as it was written, such as 0123 */
  readonly altered?: boolean;
}

export function isMapping(data: Data | undefined): data is Mapping {
  return data instanceof Map;
}

export function isList(data: Data | undefined): data is readonly Value[] {
  return Array.isArray(data);
}

/** What Python takes for false: openstacksdk uses `if not value` for "absent" (openstack/config/loader.py 0.101). */
export function isEmpty(value: Value | undefined): boolean {
  if (value === undefined) return true;
  const { data } = value;
  return data === null || data === '' || data === false || isEmptyHolder(data);
}

/** The mapping, or undefined after a complaint. Absent is an empty one; openstacksdk fails on null, so it is not. */
export function mappingOf(value: Value | undefined, report: Report): Mapping | undefined {
  if (value === undefined) return new Map();
  if (isMapping(value.data)) return value.data;
  report.error(value.origin, l10n.t('This must be a mapping of names to values. Indent its lines below it.'));
  return undefined;
}

/** Numbers are texts to openstacksdk (normalize_keys of openstack/config/_util.py 0.101). Null is absent. */
export function textOf(value: Value | undefined, report: Report): string | undefined {
  if (value === undefined || value.data === null) return undefined;
  const { data, origin } = value;
  if (typeof data === 'string') return data;
  if (typeof data === 'bigint' || typeof data === 'number') {
    if (value.altered) report.warn(origin, l10n.t('YAML reads this as another number. Put it in quotes.'));
    return numberText(data);
  }
  report.error(origin, l10n.t('This must be a text. Put it in quotes.'));
  return undefined;
}

/** As Python's str() writes a number. */
export function numberText(data: bigint | number): string {
  return typeof data === 'number' && Number.isInteger(data) ? data.toFixed(1) : String(data);
}

/** `get_boolean` of openstack/config/loader.py 0.101: of the texts only "true" is true. */
export function booleanOf(value: Value | undefined, report: Report): boolean {
  if (value === undefined || value.data === null) return false;
  if (typeof value.data === 'boolean') return value.data;
  if (typeof value.data === 'string') return value.data.toLowerCase() === 'true';
  report.error(value.origin, l10n.t('This must be true or false.'));
  return false;
}

function isEmptyHolder(data: Data): boolean {
  return isMapping(data) ? data.size === 0 : isList(data) && data.length === 0;
}
