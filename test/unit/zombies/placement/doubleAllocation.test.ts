import assert from 'node:assert/strict';
import { doubleAllocation as kind } from '../../../../src/zombies/placement/doubleAllocation';
import {
  allocation,
  cell2,
  deletedRow,
  domain,
  dossier,
  host,
  mapping,
  migration,
  minutesAgo,
  row,
  scene,
  uuid,
} from '../build';
import { expectMissing, expectNone, expectVerdict, found } from '../expectations';

const stray = allocation('compute-02');
const double = dossier({
  rows: [row()],
  mapping: mapping(),
  domains: [domain()],
  allocations: [allocation('compute-01'), stray],
});
const unset = `openstack --os-placement-api-version 1.28 resource provider allocation unset --provider ${stray.providerUuid} ${uuid}`;

describe('a double allocation', () => {
  it('is suspected: the instance lives, and its domain was seen on one of the two hosts', () => {
    const { missing, remedy, host: place } = expectVerdict('suspected', kind, double, scene());
    assert.equal(missing.length, 1);
    assert.equal(place, 'compute-01');
    assert.deepEqual([remedy.depth, remedy.depths, remedy.wanted], ['none', ['none'], false]);
    assert.deepEqual([remedy.domains, remedy.directories], [[], []]);
  });

  it('lets go of the provider where the instance is not, and of no other', () => {
    const byHand = found(kind, double, scene()).remedy.manual;
    assert.deepEqual(
      byHand.map(({ command, api }) => [command, api]),
      [[unset, undefined]],
    );
    const byApi = found(kind, double, scene({ apis: true })).remedy.manual;
    assert.deepEqual(
      byApi.map(({ api }) => api),
      [{ do: 'unset-allocation', consumer: uuid, provider: stray.providerUuid }],
    );
  });

  it('never deletes all allocations', () => {
    const { ladder, remedy } = found(kind, double, scene({ apis: true }));
    assert.doesNotMatch(
      JSON.stringify([ladder.map(({ command }) => command), remedy]),
      /allocation delete|delete-allocations/,
    );
    assert.deepEqual(
      ladder.map(({ command }) => command),
      [`openstack resource provider allocation show ${uuid}`, unset],
    );
  });

  it('lets the source of an evacuation clean up itself first', () => {
    const evacuated = { ...double, migrations: [migration('completed', { type: 'evacuation' })] };
    assert.match(found(kind, evacuated, scene()).ladder[0]?.title ?? '', /start nova-compute/);
  });

  it('puts nothing but UUIDs into a command', () => {
    const hostile = {
      ...double,
      allocations: [allocation('compute-01'), { ...stray, providerUuid: '$(reboot)' }],
    };
    const { remedy, ladder } = found(kind, hostile, scene());
    assert.deepEqual(remedy.manual, []);
    assert.doesNotMatch(JSON.stringify(ladder), /reboot/);
  });

  it('knows a provider by the name of its node, too', () => {
    const byNode = [
      { ...allocation('compute-01'), provider: 'compute-01.example.org' },
      { ...stray, provider: 'compute-02.example.org' },
    ];
    assert.equal(found(kind, { ...double, allocations: byNode }, scene()).remedy.manual[0]?.command, unset);
  });

  it('is not found with one provider, without a live row, or without a host', () => {
    const one = [allocation('compute-01'), allocation('compute-01')];
    expectNone(/one compute node at most/, kind, { ...double, allocations: one }, scene());
    expectNone(/no live row/, kind, { ...double, rows: [deletedRow()] }, scene());
    expectNone(/no host/, kind, { ...double, rows: [row({ host: null })] }, scene());
  });

  it('is unknown when Placement or a host of the two was not read', () => {
    expectVerdict('unknown', kind, double, scene({ unread: ['placement'] }));
    for (const silent of ['compute-01', 'compute-02']) {
      const hosts = ['compute-01', 'compute-02'].map((name) => host(name, { silent: name === silent }));
      expectMissing(
        new RegExp(`not read: ${silent}`),
        expectVerdict('unknown', kind, double, scene({ hosts })),
      );
    }
  });

  it('is unknown when a provider fits no host: a pool, or a host that is gone', () => {
    const allocations = [allocation('compute-01'), { ...stray, provider: 'nfs-pool' }];
    expectMissing(/nfs-pool/, expectVerdict('unknown', kind, { ...double, allocations }, scene()));
  });

  it('is unknown when its domain was not seen where the row has it', () => {
    expectMissing(
      /was not seen on compute-01/,
      expectVerdict('unknown', kind, { ...double, domains: [] }, scene()),
    );
    expectMissing(
      /was not seen on compute-01/,
      expectVerdict('unknown', kind, { ...double, domains: [domain('compute-02')] }, scene()),
    );
  });

  it('is unknown when a domain is on the other host too', () => {
    const domains = [domain(), domain('compute-02')];
    expectMissing(/may be on compute-02/, expectVerdict('unknown', kind, { ...double, domains }, scene()));
  });

  it('is unknown when the other host has no libvirt to ask', () => {
    const hosts = [host('compute-01'), host('compute-02', { hypervisorType: 'VMware vCenter Server' })];
    expectMissing(/no libvirt/, expectVerdict('unknown', kind, double, scene({ hosts })));
  });

  it('is unknown when none of the allocations, or all of them, are on its own host', () => {
    const elsewhere = [stray, allocation('compute-03')];
    const hosts = ['compute-01', 'compute-02', 'compute-03'].map((name) => host(name));
    expectMissing(
      /none of them is on compute-01/,
      expectVerdict('unknown', kind, { ...double, allocations: elsewhere }, scene({ hosts })),
    );
    const nodes = [allocation('compute-01'), { ...stray, provider: 'compute-01' }];
    expectMissing(
      /all of them are on nodes of compute-01/,
      expectVerdict('unknown', kind, { ...double, allocations: nodes }, scene()),
    );
  });

  it('is legitimate while the source of an evacuation has not started since', () => {
    const evacuation = migration('done', {
      type: 'evacuation',
      sourceCompute: 'compute-02',
      destCompute: 'compute-01',
    });
    expectMissing(
      /evacuated from compute-02/,
      expectVerdict('legitimate', kind, { ...double, migrations: [evacuation] }, scene()),
    );
    for (const over of [
      { ...evacuation, status: 'completed' },
      { ...evacuation, type: 'live-migration' },
      { ...evacuation, sourceCompute: 'compute-01', destCompute: 'compute-02' },
      { ...evacuation, sourceCompute: null },
    ])
      expectVerdict('suspected', kind, { ...double, migrations: [over] }, scene());
  });

  it('is unknown while a resize waits for confirm or revert, or a task runs', () => {
    expectVerdict('unknown', kind, { ...double, migrations: [migration('finished')] }, scene());
    expectVerdict('unknown', kind, { ...double, rows: [row({ taskState: 'resize_prep' })] }, scene());
  });

  it('is legitimate for a short time after it moved or changed', () => {
    const late = migration('completed', { updatedAt: minutesAgo(5) });
    expectVerdict('legitimate', kind, { ...double, migrations: [late] }, scene());
    expectVerdict('legitimate', kind, { ...double, rows: [row({ updatedAt: minutesAgo(5) })] }, scene());
    expectVerdict('legitimate', kind, { ...double, rows: [row({ createdAt: minutesAgo(5) })] }, scene());
  });

  it('is unknown with live rows in two cells, and legitimate with a hidden one', () => {
    expectVerdict('unknown', kind, { ...double, rows: [row(), row({ cell: cell2, id: 9 })] }, scene());
    expectVerdict('legitimate', kind, { ...double, rows: [row({ hidden: true })] }, scene());
  });
});
