import assert from 'node:assert/strict';
import { draft } from '../../../src/cleanup/draft';
import type { DraftSubject } from '../../../src/model/content';
import { errorsOf } from './editing';
import { inputOf } from './subjects';

export function textOf(subject: DraftSubject): string {
  return draft(inputOf(subject)).text;
}

/** The errors of a plan in which one piece stands in the place of another. */
export function errorsWith(plan: string, from: string, to: string): string[] {
  assert.ok(plan.includes(from), `the plan has ${from}`);
  return errorsOf(plan.replace(from, () => to)).map(({ message }) => message);
}

export function refused(plan: string, from: string, to: string, reason: RegExp): void {
  const errors = errorsWith(plan, from, to);
  assert.ok(
    errors.some((message) => reason.test(message)),
    `${to}: ${JSON.stringify(errors)}`,
  );
}
