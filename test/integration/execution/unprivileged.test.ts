import assert from 'node:assert/strict';
import { chmodSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readHost } from '../../../src/evidence/hostReader';
import type { HostContent } from '../../../src/evidence/hostReport';
import { checkDirectory, runDirectory } from '../../../src/execution/directory';
import { Journal } from '../../../src/execution/journal';
import { OperatorError } from '../../../src/model/errors';
import type { DemoCloud } from '../../cloud/demoCloud';
import { permissionsBlock } from '../../documentation/permissionsDocument';
import { addUser, type SudoUser } from '../cloud/ssh/sudoUser';
import { accessTo, options } from '../evidence/accessTo';
import { sharedCloud } from '../sharedCloud';
import { contextOn, directory, section } from './bench';

const host = 'compute-01';
const uuid = 'c0ffee00-0000-4000-8000-000000000001';
const path = `/var/lib/nova/instances/${uuid}`;

describe('a login that is not root, with the line for sudoers of docs/permissions.md', function () {
  this.timeout(60_000);
  let cloud: DemoCloud;
  let user: SudoUser;
  const former = new Map<string, number>();

  before(async () => {
    [cloud, user] = await Promise.all([sharedCloud(), addUser()]);
    await cloud.reset();
    await user.allow(permissionsBlock('Compute hosts', 'sudoers').trim().replaceAll('zombies', 'USER'));
    // Its sshd reads the authorized keys as that user.
    for (
      let file = join(cloud.directory, 'hosts', host, 'ssh/authorized_keys');
      file !== dirname(cloud.directory);
    ) {
      former.set(file, statSync(file).mode);
      chmodSync(file, former.size === 1 ? 0o644 : 0o755);
      file = dirname(file);
    }
    await cloud.onHost(
      host,
      `mkdir -m 700 ${path} && echo text > ${path}/console.log && touch -d '10 days ago' ${path}/* ${path}`,
    );
  });

  after(async () => {
    for (const [file, mode] of former) chmodSync(file, mode);
    await user.remove();
    await cloud.reset();
  });

  function settings(ssh: object): { ssh: object } {
    const { port, keyFile, knownHostsFile } = cloud.ssh;
    return { ssh: { port, keyFile, knownHostsFile, ...ssh } };
  }

  function read(ssh: object): Promise<HostContent> {
    const address = cloud.ssh.addresses[host] ?? assert.fail();
    const nodes = [{ hypervisorHostname: host, uuid: null }];
    return readHost(accessTo(cloud, settings(ssh)), { host, address, nodes }, options.clock);
  }

  it('sees through sudo what root sees', async () => {
    const [seen, ofRoot] = await Promise.all([read({ user: user.name }), read({ user: 'root' })]);
    assert.ok(seen.domains.length > 0 && seen.directories.length > 0);
    assert.deepEqual(seen, ofRoot);
    await assert.rejects(read({ user: user.name, sudo: 'no' }), (error) => OperatorError.is(error));
  });

  it('takes a directory away through sudo, and not without it', async () => {
    const step = directory(host, path, 'quarantine');
    const without = await contextOn(cloud, settings({ user: user.name, sudo: 'no' }));
    await assert.rejects(checkDirectory(section(uuid, step), step, without, 'nothing'), OperatorError);
    const context = await contextOn(cloud, settings({ user: user.name }));
    const journal = await Journal.open(context.folder, '20261123T103107Z-abcdef', 'the plan', context.clock);
    const { detail = '' } = await runDirectory(section(uuid, step), step, context, journal, 'nothing');
    const kept = /\/\S*quarantine\S*/.exec(detail)?.[0] ?? assert.fail(detail);
    assert.equal((await cloud.onHost(host, `cat ${kept}/console.log; ls ${path}`)).stdout, 'text\n');
  });
});
