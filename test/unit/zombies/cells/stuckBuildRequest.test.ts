import assert from 'node:assert/strict';
import { stuckBuildRequest as kind } from '../../../../src/zombies/cells/stuckBuildRequest';
import {
  cell,
  cell1,
  daysAgo,
  deletedRow,
  directory,
  domain,
  dossier,
  holdings,
  leftIn,
  mapping,
  minutesAgo,
  row,
  scene,
  unmapped,
  uuid,
} from '../build';
import { expectMissing, expectNone, expectVerdict, found } from '../expectations';

const waiting = dossier({ buildRequestedAt: daysAgo(3), mapping: unmapped({ createdAt: daysAgo(3) }) });
const wanted = { ...waiting, mapping: unmapped({ queuedForDelete: true }) };
const lost = dossier({ buildRequestedAt: daysAgo(3), leftovers: leftIn('build_requests') });

describe('a stuck build request', () => {
  it('is suspected while nobody asked for a delete: somebody may still wait', () => {
    const finding = expectVerdict('suspected', kind, waiting, scene());
    expectMissing(/still wait for it/, finding);
    assert.equal(finding.remedy.wanted, false);
    assert.equal(finding.since, waiting.buildRequestedAt);
  });

  it('is confirmed when a delete was asked', () => {
    const { remedy } = expectVerdict('confirmed', kind, wanted, scene());
    assert.equal(remedy.wanted, true);
  });

  it('goes by the API, which takes the request and its volumes', () => {
    const { remedy, ladder } = found(kind, waiting, scene({ apis: true }));
    assert.deepEqual([remedy.depth, remedy.depths], ['api', ['api', 'purge']]);
    assert.deepEqual(
      remedy.manual.map(({ api, depths }) => [api, depths]),
      [[{ do: 'delete-server', id: uuid }, ['api']]],
    );
    assert.equal(ladder[0]?.command, `openstack server delete ${uuid}`);
  });

  it('gives that as a step by hand where the cloud has no APIs, and the purge as a pick', () => {
    const { remedy } = found(kind, waiting, scene());
    assert.deepEqual([remedy.depth, remedy.depths], ['none', ['none', 'purge']]);
    assert.deepEqual(
      remedy.manual.map(({ command, api, depths }) => [command, api, depths]),
      [[`openstack server delete ${uuid}`, undefined, ['none']]],
    );
  });

  it('is purged where the API cannot find it: no mapping, or one with a cell', () => {
    for (const twin of [lost, { ...waiting, mapping: mapping() }]) {
      const finding = expectVerdict('suspected', kind, twin, scene({ apis: true }));
      expectMissing(/API cannot find it/, finding);
      assert.deepEqual([finding.remedy.depth, finding.remedy.manual], ['purge', []]);
      assert.ok(finding.ladder.every(({ command }) => command === undefined));
    }
  });

  it('is suspected where the API cannot find it, also when a delete was asked', () => {
    const asked = { ...waiting, mapping: mapping({ queuedForDelete: true }) };
    const { missing } = expectVerdict('suspected', kind, asked, scene());
    assert.equal(missing.length, 1);
  });

  it('takes what it holds elsewhere along with a purge alone', () => {
    for (const twin of [lost, waiting]) {
      const { manual } = found(kind, { ...twin, ...holdings }, scene()).remedy;
      const purging = manual.filter(({ depths }) => depths?.includes('purge'));
      assert.equal(purging.length, 3);
      assert.ok(purging.every(({ depths }) => depths?.length === 1));
    }
  });

  it('is never purged beside a soft-deleted row', () => {
    for (const twin of [waiting, lost]) {
      const { remedy } = found(kind, { ...twin, rows: [deletedRow()] }, scene());
      assert.deepEqual([remedy.depth, remedy.depths], ['none', ['none']]);
    }
  });

  it('is not found while it is young, and names the threshold', () => {
    expectNone(/after 60 minutes/, kind, { ...waiting, buildRequestedAt: minutesAgo(59) }, scene());
    expectNone(/no build request/, kind, dossier({ mapping: unmapped() }), scene());
  });

  it('is old without a time of its own only when evidence takes it for left over', () => {
    expectNone(/after 60 minutes/, kind, { ...waiting, buildRequestedAt: '' }, scene());
    const timeless = found(kind, { ...lost, buildRequestedAt: '' }, scene());
    assert.match(timeless.why, /since NULL/);
    assert.equal(timeless.since, undefined);
  });

  it('is unknown when the instance was built all the same: a delete would take the machine', () => {
    for (const apis of [true, false]) {
      const built = { ...wanted, rows: [row({ host: null, node: null, vmState: 'building' })] };
      expectMissing(/built all the same/, expectVerdict('unknown', kind, built, scene({ apis })));
    }
  });

  it('is unknown when a host has a domain or a directory of it', () => {
    expectMissing(/a domain/, expectVerdict('unknown', kind, { ...wanted, domains: [domain()] }, scene()));
    expectVerdict('unknown', kind, { ...wanted, directories: [directory()] }, scene());
  });

  it('is unknown when its mapping names a cell that may be another database than Nova’s', () => {
    const cells = new Map([[cell1, cell('cell1', { missing: 40 })]]);
    expectVerdict('unknown', kind, { ...waiting, mapping: mapping() }, scene({ cells }));
  });
});
