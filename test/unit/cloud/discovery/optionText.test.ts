import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseOptionText } from '../../../../src/cloud/discovery/optionText';

describe('parseOptionText', () => {
  it('says on which line everything is, and stops at the first fault', () => {
    assert.deepEqual(
      parseOptionText('# a\n[client]\nuser = "a#b" # c\nskip-ssl\n!include /b\n!includedir /c\n[d\nx\n'),
      [
        { kind: 'option', group: 'client', name: 'user', value: 'a#b', line: 3 },
        { kind: 'option', group: 'client', name: 'skip-ssl', line: 4 },
        { kind: 'include', path: '/b', line: 5 },
        { kind: 'folder', path: '/c', line: 6 },
        { kind: 'fault', fault: 'open-bracket', line: 7 },
      ],
    );
    assert.deepEqual(parseOptionText('!include\n'), [{ kind: 'fault', fault: 'empty-include', line: 1 }]);
    assert.deepEqual(parseOptionText('user=a\n'), [{ kind: 'fault', fault: 'no-group', line: 1 }]);
  });

  it('never throws, whatever the text', () => {
    const unit = fc.constantFrom('[', ']', '!', '=', '"', '\\', '#', '\n', ' ', 'include', 'a');
    const text = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit }));
    fc.assert(fc.property(text, (each) => void parseOptionText(`[a]\n${each}`)));
  });
});
