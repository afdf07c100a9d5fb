import assert from 'node:assert/strict';
import type { RunContext } from '../../../src/execution/context';
import { runHostStep } from '../../../src/execution/hostStep';
import { Journal } from '../../../src/execution/journal';
import type { DirectoryStep } from '../../../src/model/plan';
import type { StepOutcome } from '../../../src/model/report';
import type { DemoCloud } from '../../cloud/demoCloud';
import { sharedCloud } from '../sharedCloud';
import { contextOn, directory, section } from './bench';
import { shellOn } from './hostShell';
import { host, instances, path, plantDirectory, uuid } from './instanceDirectory';

/** As printf writes them in the shell: what would run, end a line, look like an option, or fill a name. */
const names: readonly string[] = [
  'two\\nlines',
  'ok 0 0\\n',
  '\\047single\\047 and "double"',
  '-rf',
  '--one-file-system',
  ' spaces  in it ',
  '$(touch canary)',
  '`id`',
  '*',
  '\\\\',
  '\\033[31mred',
  '\\303\\244\\360\\237\\247\\237\\342\\200\\256',
  '\\377\\376 no UTF-8',
  'x'.repeat(255),
];

/** Makes one file of each name in a folder, and a folder of each with a file in it. */
function plant(folder: string): string {
  return names
    .map(
      (name, index) => `n=$(printf -- '${name}.'); n=\${n%.}
      printf '%s' ${index} > ${folder}/"$n"
      mkdir -p ${folder}/sub${index}; printf '%s' ${index} > ${folder}/sub${index}/"$n"`,
    )
    .join('\n');
}

function unplant(folder: string): string {
  return names
    .map((name, index) => `n=$(printf -- '${name}.'); rm -rf ${folder}/"\${n%.}" ${folder}/sub${index}`)
    .join('\n');
}

describe('directories on a host with odd names in them and beside them', function () {
  this.timeout(120_000);
  let cloud: DemoCloud;
  let context: RunContext;
  let journal: Journal;
  let kept: string;
  const sh = shellOn(() => cloud, host);

  before(async () => {
    cloud = await sharedCloud();
    await cloud.reset();
    context = await contextOn(cloud);
    journal = await Journal.open(context.folder, '20261123T103107Z-abcdef', 'the plan', context.clock);
    kept = `${instances}/.openstack-zombies-quarantine/${journal.run}/${uuid}`;
  });

  beforeEach(() =>
    sh(`${plantDirectory}
      ${plant(instances)}
      ${plant(path)}
      cd /; find ${path} -exec touch -h -d '10 days ago' {} +`),
  );

  after(async () => {
    await sh(`${plantDirectory}\n${unplant(instances)}`);
    await cloud.reset();
  });

  async function outcome(step: DirectoryStep): Promise<StepOutcome> {
    const whole = section(uuid, step);
    const { outcome: became, error } = await runHostStep(whole, step, context, journal);
    assert.equal(error, undefined, String(error));
    return became;
  }

  /** Every name and content below a folder, each name in octal. */
  const tree = (folder: string): Promise<string> =>
    sh(`cd ${folder}; find . -mindepth 1 -printf '%y %s %i %p\\0' | sort -z | od -An -c`);

  /** All beside the directory and the quarantine, with what Nova keeps there. */
  const beside = (): Promise<string> =>
    sh(`cd ${instances}; find . -mindepth 1 ! -path './${uuid}*' ! -path './.openstack*' ! -path ./_base ! -path . \\
      -printf '%y %s %i %m %T@ %p\\0' | sort -z | od -An -c; ls -d _base locks snapshots compute_nodes`);

  /** Where a command that stands in a name would have left it: scripts begin in the home of root, or in /. */
  const noCanary = (): Promise<string> => sh('test ! -e /root/canary && test ! -e /canary');

  it('are quarantined and come back whole, and nothing beside them is touched', async () => {
    const [whole, others] = [await tree(path), await beside()];
    assert.equal(await outcome(directory(host, path, 'quarantine')), 'done');
    assert.equal(await tree(kept), whole);
    assert.equal(await beside(), others);
    assert.equal(await outcome(directory(host, path, 'restore', kept)), 'done');
    assert.equal(await tree(path), whole);
    assert.equal(await beside(), others);
    await noCanary();
  });

  it('are deleted, and nothing beside them is touched', async () => {
    const others = await beside();
    assert.equal(await outcome(directory(host, path, 'delete')), 'done');
    await sh(`test ! -e ${path} && test ! -e ${instances}/.openstack-zombies-quarantine`);
    await noCanary();
    assert.equal(await beside(), others);
  });

  it('are purged, and nothing beside them is touched', async () => {
    const others = await beside();
    await outcome(directory(host, path, 'quarantine'));
    assert.equal(await outcome({ ...directory(host, path, 'purge', kept), bytes: 1 }), 'done');
    await sh(`test ! -e ${instances}/.openstack-zombies-quarantine`);
    await noCanary();
    assert.equal(await beside(), others);
  });

  it('name what is in the way in one line that shows all that is in it', async () => {
    await sh(
      `n=$(printf -- 'a\\033[31m\\nok 0 0\\342\\200\\256.'); touch ${path}/"\${n%.}"; touch -d '10 days ago' ${path}`,
    );
    const step = directory(host, path, 'quarantine');
    const { outcome: became, error } = await runHostStep(section(uuid, step), step, context, journal);
    assert.equal(became, 'refused');
    assert.match(String(error), /a\\u001b\[31m\\u000aok 0 0\\u202e/);
  });
});
