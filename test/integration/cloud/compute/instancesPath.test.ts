import assert from 'node:assert/strict';
import fc from 'fast-check';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { instancesPathFunctions } from '../../../../src/cloud/compute/instancesPathScript';
import { readConfiguration } from '../../../../src/cloud/discovery/novaConfiguration';

const awks = ['mawk', 'gawk', 'busybox awk'] as const;

describe('the instances path in nova.conf', function () {
  this.timeout(60_000);
  let folder: string;

  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'openstack-zombies-path-'));
  });
  after(() => rmSync(folder, { recursive: true }));

  function pathIn(texts: readonly string[], awk: (typeof awks)[number] = 'mawk'): string {
    const files = texts.map((text, index) => {
      const file = join(folder, `${index}.conf`);
      writeFileSync(file, text);
      return file;
    });
    const script = `LC_ALL=C; export LC_ALL; awk() { ${awk} "$@"; }\n${instancesPathFunctions}\npath_in "$@"`;
    const { status, stdout, stderr } = spawnSync('sh', ['-c', script, 'sh', ...files], { encoding: 'utf8' });
    assert.equal(status, 0, stderr);
    return stdout.replace(/\n$/, '');
  }

  const cases: readonly (readonly [string, readonly string[], string])[] = [
    ['nothing', [''], 'path /var/lib/nova/instances'],
    ['another state_path', ['[DEFAULT]\nstate_path=/srv/nova'], 'path /srv/nova/instances'],
    ['a path', ['[DEFAULT]\ninstances_path = /vms/'], 'path /vms'],
    ['quotes, a colon and Windows', ['[DEFAULT]\r\ninstances_path: "/vms/a b"\r\n'], 'path /vms/a b'],
    ['braces', ['[DEFAULT]\nstate_path=/s\ninstances_path=${state_path}/i'], 'path /s/i'],
    [
      'the last of two, in the last file',
      ['[DEFAULT]\ninstances_path=/a', '[DEFAULT]\ninstances_path=/b'],
      'path /b',
    ],
    [
      'another section',
      ['[libvirt]\ninstances_path=/a\n[default]\nstate_path=/b'],
      'path /var/lib/nova/instances',
    ],
    ['a file that begins anew', ['[DEFAULT]\n', 'instances_path=/a'], 'path /var/lib/nova/instances'],
    ['a comment', ['[DEFAULT]\n#instances_path=/a\n;state_path=/b'], 'path /var/lib/nova/instances'],
    ['another option', ['[DEFAULT]\ninstances_path=$my_ip/a'], 'odd $my_ip/a'],
    ['a longer name', ['[DEFAULT]\ninstances_path=$state_path.x'], 'odd $state_path.x'],
    ['an option within state_path', ['[DEFAULT]\nstate_path=$pybasedir'], 'odd $pybasedir/instances'],
    ['a state_path that does not count', ['[DEFAULT]\nstate_path=$a\ninstances_path=/a'], 'path /a'],
    ['two lines', ['[DEFAULT]\ninstances_path=/a\n  /b'], 'odd /a\u0001  /b'],
    ['a relative path', ['[DEFAULT]\ninstances_path=instances'], 'odd instances'],
    ['dots', ['[DEFAULT]\ninstances_path=/a/../b'], 'odd /a/../b'],
    ['no value', ['[DEFAULT]\ninstances_path='], 'odd '],
  ];
  for (const awk of awks) {
    it(`is read by ${awk}, and what cannot be followed is odd`, () => {
      for (const [name, texts, said] of cases) assert.equal(pathIn(texts, awk), said, name);
    });
  }

  it('is what the parser of whole configurations finds, or odd', () => {
    const value = fc.oneof(
      fc.constantFrom(
        '/a',
        '$state_path/b',
        '${state_path}',
        '"/q r/"',
        "'",
        '$$x',
        '/a:b=c',
        '\\$state_path',
        '/é',
        '',
      ),
      fc.string({ maxLength: 6 }),
    );
    const key = fc.constantFrom('state_path', 'instances_path', ' instances_path', 'other');
    const line = fc.oneof(
      fc.tuple(key, fc.constantFrom('=', ' = ', ':', ' '), value).map((parts) => parts.join('')),
      fc.constantFrom('[DEFAULT]', '[default]', '[DEFAULT] ', '[x]', '# c', '', '  more', '\t', '[DEFAULT'),
    );
    const file = fc.array(line, { maxLength: 6 }).map((lines) => `[DEFAULT]\n${lines.join('\n')}\n`);
    fc.assert(
      fc.property(fc.array(file, { minLength: 1, maxLength: 2 }), (texts) => {
        const said = pathIn(texts);
        const files = texts.map((text, index) => ({ path: `/${index}`, state: 'read' as const, text }));
        const { instancesPath, problems } = readConfiguration(
          { deployment: 'packages', program: 'nova-compute' },
          files,
        );
        // a service does not start with a broken file: what it says is of no use either way
        if (instancesPath === undefined && problems.length > 0) return;
        if (said.startsWith('path ')) assert.equal(said, `path ${instancesPath}`);
      }),
      { numRuns: 400 },
    );
  });
});
