import assert from 'node:assert/strict';
import { draft } from '../../../src/cleanup/draft';
import { parse } from '../../../src/cleanup/parse';
import type { Problem } from '../../../src/model/plan';
import { inputOf, subject, uuid } from './subjects';

/** The plan that these tests edit, and one of its changes. */
export const text = draft({ ...inputOf(subject), depth: 'complete' }).text;
export const infoCache = `DELETE FROM nova_cell1.instance_info_caches WHERE instance_uuid = '${uuid}';`;

export function edited(from: string, to: string): string {
  assert.ok(text.includes(from), `the plan has ${from}`);
  return text.replace(from, () => to);
}

export function errorsOf(plan: string): Problem[] {
  return parse(plan).problems.filter(({ severity }) => severity === 'error');
}

/** The pieces of an edited plan that its errors point at. */
export function refusedIn(from: string, to: string): string[] {
  const plan = edited(from, to);
  return errorsOf(plan).map(({ span }) => plan.slice(span.start, span.end));
}
