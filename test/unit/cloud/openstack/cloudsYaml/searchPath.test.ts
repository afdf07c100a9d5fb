import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readSources } from '../../../../../src/cloud/openstack/cloudsYaml/readFiles';
import { candidates } from '../../../../../src/cloud/openstack/cloudsYaml/searchPath';

describe('where clouds.yaml is looked for', () => {
  // Linux is compared with openstacksdk in test/integration/cloud/openstack/cloudsYaml.test.ts
  it('has other folders on macOS', () => {
    const found = candidates('clouds', { platform: 'darwin', home: '/Users/o', env: {} });
    assert.deepEqual(
      found.filter((path) => path.endsWith('.yaml')),
      [
        '/Users/o/Library/Application Support/openstack/clouds.yaml',
        '/Users/o/.config/openstack/clouds.yaml',
        '/Library/Application Support/openstack/clouds.yaml',
        '/etc/openstack/clouds.yaml',
      ],
    );
  });

  it('has other folders on Windows', () => {
    const env = { LOCALAPPDATA: 'D:\\Local', OS_CLIENT_CONFIG_FILE: 'D:\\my.yaml' };
    const found = candidates('clouds', { platform: 'win32', home: 'C:\\Users\\o', cwd: 'D:\\work', env });
    assert.deepEqual(
      found.filter((path) => path.endsWith('.yaml')),
      [
        'D:\\my.yaml',
        'D:\\work\\clouds.yaml',
        'D:\\Local\\OpenStack\\openstack\\clouds.yaml',
        'C:\\Users\\o\\.config\\openstack\\clouds.yaml',
        'C:\\ProgramData\\OpenStack\\openstack\\clouds.yaml',
        '\\etc\\openstack\\clouds.yaml',
      ],
    );
  });

  it('is not the current folder when there is none to trust', () => {
    const machine = { platform: 'linux', home: '/home/o', env: {} };
    assert.deepEqual(candidates('secure', machine).slice(0, 3), [
      '/home/o/.config/openstack/secure.yaml',
      '/home/o/.config/openstack/secure.yml',
      '/home/o/.config/openstack/secure.json',
    ]);
    assert.equal(candidates('secure', { ...machine, cwd: '/project' })[0], '/project/secure.yaml');
  });
});

describe('the reader of the files', () => {
  let home: string;
  beforeEach(() => (home = mkdtempSync(join(tmpdir(), 'openstack-zombies-clouds-yaml-'))));
  afterEach(() => rmSync(home, { recursive: true }));

  it('takes the first file that can be read, and warns of those before it', async () => {
    const folder = join(home, '.config/openstack');
    mkdirSync(join(folder, 'clouds.yaml'), { recursive: true });
    writeFileSync(join(folder, 'clouds.yml'), 'clouds: {}');
    const { clouds, secure, diagnostics } = await readSources({ platform: 'linux', home, env: {} });
    assert.deepEqual(clouds, { path: join(folder, 'clouds.yml'), text: 'clouds: {}' });
    assert.equal(secure, undefined);
    assert.equal(diagnostics.length, 1);
    assert.equal(diagnostics[0]?.severity, 'warning');
    assert.equal(diagnostics[0].place?.file, join(folder, 'clouds.yaml'));
  });

  it('refuses what is not UTF-8', async () => {
    writeFileSync(join(home, 'clouds.yaml'), Buffer.from([0x61, 0x3a, 0x20, 0xe4]));
    const { clouds, diagnostics } = await readSources({ platform: 'linux', home, cwd: home, env: {} });
    assert.equal(clouds, undefined);
    assert.equal(diagnostics[0]?.severity, 'error');
  });

  it('looks for a relative OS_CLIENT_CONFIG_FILE in the current folder', async () => {
    writeFileSync(join(home, 'mine.yaml'), 'clouds: {}');
    const env = { OS_CLIENT_CONFIG_FILE: 'mine.yaml' };
    const { clouds } = await readSources({ platform: 'linux', home, cwd: home, env });
    assert.equal(clouds?.text, 'clouds: {}');
  });
});
