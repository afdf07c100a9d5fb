import assert from 'node:assert/strict';
import { OperatorError, type ErrorCode } from '../../../src/model/errors';

/** Waits for the OperatorError of that code; its text must say what to do, and must not hold `secret`. */
export async function expectError(
  code: ErrorCode,
  failing: Promise<unknown>,
  secret?: string,
): Promise<OperatorError> {
  const error: unknown = await failing.then(
    () => assert.fail('it did not fail'),
    (reason: unknown) => reason,
  );
  assert.ok(OperatorError.is(error), String(error));
  assert.equal(error.code, code, error.message);
  assert.notEqual(error.action, '');
  if (secret !== undefined)
    assert.ok(!`${error.stack} ${error.action} ${String(error.cause)}`.includes(secret));
  return error;
}
