import assert from 'node:assert/strict';
import { appendFile, mkdtemp, rename, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readKnownHosts } from '../../../../src/cloud/ssh/knownHostsFiles';

const blob = 'AAAAC3NzaC1lZDI1NTE5AAAAIJQ1nUYyQ7yZy5bQ6V4q0zq7l1bJm1Cq0b8m0m7n3w1M';

describe('a file of known hosts', () => {
  let folder: string;
  let file: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'openstack-zombies-known-hosts-'));
    file = join(folder, 'known_hosts');
    await writeOld(file, 'compute-01');
  });

  afterEach(() => rm(folder, { recursive: true }));

  /** As a file that nobody has touched for a day. */
  async function writeOld(path: string, host: string): Promise<void> {
    await writeFile(path, `${host} ssh-ed25519 ${blob}\n`);
    await utimes(path, new Date(Date.now() - 86_400_000), new Date(Date.now() - 86_400_000));
  }

  async function hosts(): Promise<string[]> {
    return (await readKnownHosts([file])).map((line) => line.hosts);
  }

  it('is read again when a line is added', async () => {
    assert.deepEqual(await hosts(), ['compute-01']);
    await appendFile(file, `compute-02 ssh-ed25519 ${blob}\n`);
    assert.deepEqual(await hosts(), ['compute-01', 'compute-02']);
  });

  it('is read again when another takes its place, however like it is', async () => {
    assert.deepEqual(await hosts(), ['compute-01']);
    await writeOld(`${file}.new`, 'compute-09');
    await rename(`${file}.new`, file);
    assert.deepEqual(await hosts(), ['compute-09']);
  });

  it('knows nobody when it is gone', async () => {
    assert.deepEqual(await hosts(), ['compute-01']);
    await rm(file);
    assert.deepEqual(await hosts(), []);
  });

  it('is not taken apart again for the next host', async () => {
    const [first] = await readKnownHosts([file]);
    const [second] = await readKnownHosts([file]);
    assert.equal(first, second);
  });
});
