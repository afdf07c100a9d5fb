import assert from 'node:assert/strict';
import { directoryName, quarantinePlace } from '../../../src/execution/directoryPath';
import type { DirectoryStep } from '../../../src/model/plan';

const uuid = '0a2d1bf7-982c-4034-9713-566d58ced0c4';
const instances = '/var/lib/nova/instances';

function step(path: string, from?: string): DirectoryStep {
  const common = { step: 'directory', host: 'compute-02', bytes: 0, span: { start: 0, end: 0 } } as const;
  return { ...common, path, then: 'restore', ...(from === undefined ? {} : { from }) };
}

describe('the directory that a plan names', () => {
  for (const suffix of ['', '_resize', '_del']) {
    it(`may be the instance's own: <uuid>${suffix}`, () => {
      assert.deepEqual(directoryName(step(`${instances}/${uuid}${suffix}`), instances, uuid), {
        name: `${uuid}${suffix}`,
        uuid,
      });
    });
  }

  const wrong = [
    `${instances}/${uuid}/disk`,
    `${instances}/${uuid}_old`,
    `${instances}//${uuid}`,
    `${instances}x${uuid}`,
    `${instances}/`,
    uuid,
    '',
  ];
  for (const path of wrong) {
    it(`may not be ${JSON.stringify(path)}`, () => {
      assert.throws(() => directoryName(step(path), instances, uuid), { code: 'plan-refused' });
    });
  }

  for (const odd of [
    '/var/lib/../nova',
    '/var/lib/nova/*',
    '/var/lib/my instances',
    '/',
    '',
    'instances',
    '/a/./b',
    '/a/',
  ]) {
    it(`may not be in ${JSON.stringify(odd)}, which has another spelling`, () => {
      assert.throws(() => directoryName(step(`${odd}/${uuid}`), odd, uuid), { code: 'plan-refused' });
    });
  }

  const run = '20261123T103107Z-abcdef';
  const from = `${instances}/.openstack-zombies-quarantine/${run}/${uuid}`;
  const own = { name: uuid, uuid };

  it('comes back from the quarantine of one run, by its own name', () => {
    assert.deepEqual(quarantinePlace(step(`${instances}/${uuid}`, from), instances, own), {
      run,
      item: uuid,
    });
    for (const other of [
      undefined,
      '',
      `${from}_del`,
      `${from}.deleting`,
      `${from}.domain`,
      `${from}/..`,
      from.replace(run, '..'),
      from.replace('/var', '/tmp'),
    ]) {
      assert.throws(() => quarantinePlace(step(`${instances}/${uuid}`, other), instances, own), {
        code: 'plan-refused',
      });
    }
  });

  it('is purged with what a deletion left of it, and with what was copied of its domain', () => {
    const purge = (place: string): DirectoryStep => ({
      ...step(`${instances}/${uuid}`, place),
      then: 'purge',
    });
    for (const place of [from, `${from}.deleting`, `${from}.domain`]) {
      assert.equal(quarantinePlace(purge(place), instances, own).run, run);
    }
    for (const place of [`${from}.base`, `${from}_del`, `${from}.deleting.deleting`, instances]) {
      assert.throws(() => quarantinePlace(purge(place), instances, own), { code: 'plan-refused' });
    }
    const resize = { name: `${uuid}_resize`, uuid };
    assert.throws(() => quarantinePlace(purge(`${from}.domain`), instances, resize), {
      code: 'plan-refused',
    });
  });
});
