import assert from 'node:assert/strict';
import type { RunContext } from '../../../src/execution/context';
import { runDirectory } from '../../../src/execution/directory';
import { Journal } from '../../../src/execution/journal';
import { readJournal } from '../../../src/execution/readJournal';
import { OperatorError } from '../../../src/model/errors';
import type { DemoCloud } from '../../cloud/demoCloud';
import { sharedCloud } from '../sharedCloud';
import { contextOn, directory, section } from './bench';
import { shellOn } from './hostShell';
import { host, uuid } from './instanceDirectory';

const instances = '/var/lib/nova/small';
const path = `${instances}/${uuid}`;

/** A tmpfs that has room for so many files and folders more than the directory has. */
describe('a directory on a file system that is full', function () {
  this.timeout(60_000);
  let cloud: DemoCloud;
  let context: RunContext;
  let journal: Journal;
  const sh = shellOn(() => cloud, host);

  before(async () => {
    cloud = await sharedCloud();
    await cloud.reset();
    context = await contextOn(cloud, { instancesPath: instances });
    journal = await Journal.open(context.folder, '20261123T103107Z-abcdef', 'the plan', context.clock);
  });

  afterEach(() => sh(`umount ${instances}; rmdir ${instances}`));
  after(() => cloud.reset());

  /** The root, _base, its image, the directory and its disk are five. */
  async function withRoomFor(files: number): Promise<string> {
    await sh(`mkdir -p ${instances}; mount -t tmpfs -o nr_inodes=${5 + files} none ${instances}; cd ${instances}
      mkdir _base ${uuid}; head -c 64k /dev/urandom > _base/0123abcd
      qemu-img create -q -f qcow2 -F raw -b ${instances}/_base/0123abcd ${uuid}/disk 1M
      touch -d '10 days ago' ${uuid}/disk ${uuid}`);
    return tree();
  }

  const tree = (): Promise<string> =>
    sh(`cd ${instances}; find . ! -path . -printf '%p %i %n %s %T@\\n' | sort`);

  async function stays(before: string, message: RegExp): Promise<void> {
    const step = directory(host, path, 'quarantine');
    await assert.rejects(
      runDirectory(section(uuid, step), step, context, journal, 'nothing'),
      (error) =>
        OperatorError.is(error, 'command-failed') && message.test(error.message) && error.action !== '',
    );
    assert.equal(await tree(), before);
    assert.equal((await readJournal(context.folder, journal.run)).at(-1)?.event, 'not-moved');
  }

  for (const room of [0, 1]) {
    it(`stays where it is when the quarantine can not be made (room for ${room})`, async () => {
      await stays(await withRoomFor(room), /quarantine could not be made on compute-01: .*No space left/);
    });
  }

  for (const room of [2, 3]) {
    it(`stays where it is when its base image can not be kept (room for ${room})`, async () => {
      await stays(await withRoomFor(room), /base image .*could not be kept.*No space left/);
    });
  }

  it('is quarantined where there is just enough room', async () => {
    await withRoomFor(4);
    const step = directory(host, path, 'quarantine');
    const { detail } = await runDirectory(section(uuid, step), step, context, journal, 'nothing');
    assert.match(detail ?? '', /with 1 base images/);
  });
});
