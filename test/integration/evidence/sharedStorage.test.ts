import assert from 'node:assert/strict';
import { survey } from '../../../src/evidence/survey';
import type { DemoCloud } from '../../cloud/demoCloud';
import { sharedCloud } from '../sharedCloud';
import { accessTo, options } from './accessTo';

const host = 'compute-05';
const path = '/run/shared instances';

/** sshfs is the network file system that needs no module of this machine's kernel; df calls it fuse.sshfs. */
describe('an instances path on storage that hosts share', function () {
  this.timeout(60_000);
  let cloud: DemoCloud;

  before(async () => {
    cloud = await sharedCloud();
    await cloud.reset();
    await sh(`mkdir -p '${path}' /run/exported`);
  });
  afterEach(() => sh(`if mountpoint -q '${path}'; then umount '${path}'; fi; rm -f '${path}'/*`));
  after(() => sh(`rmdir '${path}'; rm -r /run/exported`));

  async function sh(command: string): Promise<void> {
    const { code, stderr } = await cloud.onHost(host, `set -e; ${command}`);
    assert.equal(code, 0, stderr);
  }

  async function isShared(): Promise<boolean | undefined> {
    const seen = await survey(accessTo(cloud, { instancesPath: path }), { ...options, onlyHosts: [host] });
    const facts = seen.hosts.find((report) => report.host === host);
    assert.equal(facts?.source.gap, undefined);
    return facts?.sharedStorage;
  }

  it('is known by its file system', async () => {
    assert.equal(await isShared(), false);
    const { port, keyFile, addresses } = cloud.ssh;
    const how = `port=${port},IdentityFile=${keyFile},StrictHostKeyChecking=no,UserKnownHostsFile=/dev/null`;
    await sh(`sshfs -o ${how} root@${addresses[host]}:/run/exported '${path}'`);
    assert.equal(await isShared(), true);
  });

  it('is known by the hosts that Nova notes there', async () => {
    await sh(`echo '{"${host}": 1795473522.85}' > '${path}/compute_nodes'`);
    assert.equal(await isShared(), false);
    await sh(`echo '{"${host}": 1795473522.85, "compute-01": 1795473500.1}' > '${path}/compute_nodes'`);
    assert.equal(await isShared(), true);
  });
});
