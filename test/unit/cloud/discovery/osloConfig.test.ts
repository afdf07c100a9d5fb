import assert from 'node:assert/strict';
import fc from 'fast-check';
import { OsloConfig } from '../../../../src/cloud/discovery/osloConfig';
import { parseOsloFile } from '../../../../src/cloud/discovery/osloFile';

function configOf(texts: readonly string[], defaults: Readonly<Record<string, string>> = {}): OsloConfig {
  return new OsloConfig(
    texts.map((text, index) => ({ path: `/etc/nova/${index}.conf`, file: parseOsloFile(text) })),
    defaults,
  );
}

describe('parseOsloFile', () => {
  it('says on which line an option begins, and where it gives up', () => {
    const file = parseOsloFile('[DEFAULT]\n\na = 1\n  2\n[x\nb = 3\n');
    assert.deepEqual(file, {
      assignments: [{ section: 'DEFAULT', key: 'a', value: '1\n2', line: 3 }],
      problem: { line: 5, fault: 'open-bracket' },
    });
    assert.deepEqual(parseOsloFile('# a\nb = 1\n\nc = 2\n').problem, { line: 2, fault: 'no-section' });
  });

  it('never throws, whatever the text', () => {
    const unit = fc.constantFrom(
      'a',
      '$',
      '{',
      '}',
      '=',
      ':',
      '[',
      ']',
      '\n',
      '\r',
      ' ',
      '\t',
      '"',
      '\0',
      '\u0085',
    );
    const text = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit }));
    fc.assert(
      fc.property(fc.array(text), (texts) => {
        const config = configOf(texts.map((each) => `[DEFAULT]\na=1\n${each}`));
        for (const key of ['a', '', '$', '__proto__']) {
          config.get('DEFAULT', key);
          config.getAll('DEFAULT', key);
        }
      }),
    );
  });
});

describe('OsloConfig', () => {
  it('names the file and the line of a value', () => {
    const config = configOf(['[DEFAULT]\na = 1\n', '[DEFAULT]\n\na = 2\n', '[DEFAULT]\nb = 3\n']);
    assert.deepEqual(config.get('DEFAULT', 'a'), {
      text: '2',
      path: '/etc/nova/1.conf',
      line: 3,
      unresolved: [],
    });
    assert.equal(config.get('DEFAULT', 'c'), undefined);
  });

  it('takes defaults, which may refer to others, and says what it cannot resolve', () => {
    const defaults = {
      'DEFAULT.state_path': '/var/lib/nova',
      'DEFAULT.instances_path': '$state_path/instances',
    };
    assert.equal(configOf([], defaults).text('DEFAULT', 'instances_path')?.text, '/var/lib/nova/instances');
    const moved = configOf(['[DEFAULT]\nstate_path = /srv/$host\n'], defaults);
    assert.deepEqual(moved.text('DEFAULT', 'instances_path'), {
      text: '/srv/$host/instances',
      path: '',
      line: 0,
      unresolved: ['host'],
    });
  });

  it('does not follow circles', () => {
    const config = configOf(['[DEFAULT]\na = $b\nb = x$a\n']);
    assert.deepEqual(config.get('DEFAULT', 'a')?.unresolved, ['a']);
  });

  it('does not grow without end, and does not go down without end', () => {
    const lines = Array.from({ length: 60 }, (_, index) => `a${index} = $a${index + 1}$a${index + 1}`);
    const wide = configOf([`[DEFAULT]\n${lines.join('\n')}\na60 = x\n`]).get('DEFAULT', 'a0');
    assert.ok(wide && wide.unresolved.length > 0 && wide.text.length < 1_000_000);
    const chain = Array.from({ length: 20_000 }, (_, index) => `a${index} = $a${index + 1}`);
    assert.notDeepEqual(configOf([`[DEFAULT]\n${chain.join('\n')}\n`]).get('DEFAULT', 'a0')?.unresolved, []);
  });
});
