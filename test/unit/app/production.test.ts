import assert from 'node:assert/strict';
import { isProduction } from '../../../src/app/production';

describe('a production cloud', () => {
  it('is one that is red, or labelled as such', () => {
    assert.ok(isProduction({ color: 'red' }));
    assert.ok(isProduction({ label: 'PRODUCTION', color: 'blue' }));
    assert.ok(isProduction({ label: ' prod eu' }));
  });

  it('is none with another colour and label, or without any', () => {
    assert.ok(!isProduction({}));
    assert.ok(!isProduction({ label: 'non-prod', color: 'green' }));
  });
});
