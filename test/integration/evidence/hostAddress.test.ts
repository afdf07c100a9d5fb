import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { survey, type HostReport } from '../../../src/evidence/survey';
import type { DemoCloud } from '../../cloud/demoCloud';
import { sharedCloud } from '../sharedCloud';
import { accessTo, options } from './accessTo';

const host = 'compute-02';
const nowhere = '127.0.9.9';

describe('the address of a host', function () {
  this.timeout(60_000);
  let cloud: DemoCloud;
  let folder: string;

  before(async () => {
    cloud = await sharedCloud();
    folder = mkdtempSync(join(tmpdir(), 'openstack-zombies-ssh-'));
  });
  beforeEach(() => cloud.reset());
  after(async () => {
    rmSync(folder, { recursive: true });
    await cloud.reset();
  });

  async function look(config: string, settings: Readonly<Record<string, unknown>> = {}): Promise<HostReport> {
    const configFile = join(folder, 'config');
    writeFileSync(configFile, config, { mode: 0o600 });
    const { user, port, keyFile, knownHostsFile } = cloud.ssh;
    const access = accessTo(cloud, { ssh: { user, port, keyFile, knownHostsFile, configFile }, ...settings });
    const seen = await survey(access, { ...options, onlyHosts: [host] });
    return seen.hosts.find((report) => report.host === host) ?? assert.fail();
  }

  const moveIp = (): Promise<unknown> =>
    cloud.sql(`UPDATE nova_cell1.compute_nodes SET host_ip = '${nowhere}' WHERE host = '${host}'`);

  it('is its name where the SSH configuration speaks of it, whatever Nova has', async () => {
    await moveIp();
    const { address, source } = await look(`Host compute-*\n  HostName ${cloud.ssh.addresses[host]}\n`);
    assert.deepEqual([address, source.gap], [host, undefined]);
  });

  it('is the host_ip where the SSH configuration speaks of all hosts only', async () => {
    const { address, source } = await look('Host *\n  ServerAliveInterval 5\n');
    assert.deepEqual([address, source.gap], [cloud.ssh.addresses[host], undefined]);
  });

  it('is that of the template, which no HostName replaces', async () => {
    const { address, source } = await look(`Host ${host}\n  HostName ${nowhere}\n`, { hostAddress: '{ip}' });
    assert.deepEqual([address, source.gap], [cloud.ssh.addresses[host], undefined]);
  });

  it('is that of the settings before all others', async () => {
    await moveIp();
    const { address, source } = await look(`Host ${host}\n  HostName ${nowhere}\n`, {
      hostAddress: '{ip}',
      hosts: { [host]: cloud.ssh.addresses[host] },
    });
    assert.deepEqual([address, source.gap], [cloud.ssh.addresses[host], undefined]);
  });
});
