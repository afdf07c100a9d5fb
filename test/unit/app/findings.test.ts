import assert from 'node:assert/strict';
import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { configHosts } from '../../../src/cloud/ssh/configHosts';

describe('the hosts of ssh_config that a new cloud may have', () => {
  let home: string;

  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'openstack-zombies-home-'));
    mkdirSync(join(home, '.ssh/more'), { recursive: true });
  });
  afterEach(() => rmSync(home, { recursive: true }));

  function write(name: string, text: string): void {
    writeFileSync(join(home, '.ssh', name), text, { mode: 0o600 });
  }

  it('are the names that stand for one host each, in their order', async () => {
    write('config', 'Host ctl1 ctl2\n  User nova\nHost *.example.org !bad bastion\nHost "with space" ctl1\n');
    assert.deepEqual(await configHosts(home), ['ctl1', 'ctl2', 'bastion', 'with space']);
  });

  it('are those of included files too', async () => {
    write('config', 'Include more/*.conf\nHost last\n');
    write('more/a.conf', 'Host first\nInclude config\n');
    assert.deepEqual(new Set(await configHosts(home)), new Set(['first', 'last']));
  });

  it('are none where there is no file', async () => {
    assert.deepEqual(await configHosts(home), []);
  });
});
