import assert from 'node:assert/strict';
import fc from 'fast-check';
import { age, codeBlock, markdown, size } from '../../../src/vscode/format';

describe('ages and sizes', () => {
  const now = new Date('2026-11-23T10:00:00Z');

  it('are one number and a unit', () => {
    assert.equal(age('2026-11-23T09:55:01Z', now), '4 min');
    assert.equal(age('2026-11-23T07:00:00Z', now), '3 h');
    assert.equal(age('2026-11-09T10:00:00Z', now), '14 d');
    assert.equal(size(512), '512 B');
    assert.equal(size(1024), '1.0 KiB');
    assert.equal(size(32_641_751_449), '30.4 GiB');
  });

  it('never count backwards when a clock is ahead', () => {
    assert.equal(age('2026-11-23T10:05:00Z', now), '0 min');
  });
});

describe("tenants' text in a tooltip", () => {
  const hostile = [
    '[x](command:evil)',
    '<img src=x>',
    'http://example.org',
    '`a`',
    '# h',
    '$(trash)',
    '&lt;',
    'a\n\n- b',
  ];

  it('is escaped, mark by mark, and stays on its line', () => {
    for (const text of hostile) {
      const escaped = markdown(text);
      assert.doesNotMatch(escaped.replaceAll(/\\[!-/:-@[-`{-~]/g, ''), /[!-/:-@[-`{-~]/);
      assert.ok(!escaped.includes('\n'));
    }
  });

  it('shows controls and marks of direction', () => {
    assert.equal(markdown('a\u202eb\u001b'), 'a\\\\u202eb\\\\u001b');
  });

  it('cannot end the block of code that a command stands in', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('`', '\n', 'a', ' ') }), (text) => {
        const [, fence = '', ...lines] = codeBlock(text).split('\n');
        const fences = lines.filter((line) => line.trimStart().startsWith(fence.replace('sh', '')));
        assert.equal(fences.length, 1);
      }),
    );
  });
});
