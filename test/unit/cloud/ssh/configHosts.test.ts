import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { configHosts, readNamedHosts } from '../../../../src/cloud/ssh/configHosts';

const config = `
Include more/*.conf
Host *
  User root
Host bastion
  HostName 192.0.2.1
Host compute-* !compute-9 !compute-?-old
Host * !other
Host *.*
Host gpu-01 storage-*
`;

describe('the names of the SSH configuration', () => {
  let home: string;
  const hosts = [
    'compute-01',
    'compute-9',
    'compute-1-old',
    'bastion',
    'other',
    'a.b',
    'gpu-01',
    'storage-1',
    'included',
  ];

  before(() => {
    home = mkdtempSync(join(tmpdir(), 'openstack-zombies-home-'));
    mkdirSync(join(home, '.ssh/more'), { recursive: true });
    writeFileSync(join(home, '.ssh/config'), config, { mode: 0o600 });
    writeFileSync(join(home, '.ssh/more/one.conf'), 'Host included', { mode: 0o600 });
  });
  after(() => rmSync(home, { recursive: true }));

  async function named(file: string): Promise<string[]> {
    return hosts.filter(await readNamedHosts(file, home));
  }

  it('are those of blocks that speak of some hosts, by name or pattern, and not of all', async () => {
    const expected = ['compute-01', 'bastion', 'gpu-01', 'storage-1', 'included'];
    assert.deepEqual(await named('~/.ssh/config'), expected);
    assert.deepEqual(await named(join(home, '.ssh/config')), expected);
  });

  it('are none without a configuration, or with one that cannot be read', async () => {
    writeFileSync(join(home, 'broken'), 'Host "compute-01', { mode: 0o600 });
    for (const file of ['none', join(home, 'absent'), join(home, 'broken')]) {
      assert.deepEqual(await named(file), [], file);
    }
  });

  it('are offered when they stand for one host', async () => {
    assert.deepEqual(await configHosts(home), ['bastion', 'gpu-01', 'included']);
  });
});
