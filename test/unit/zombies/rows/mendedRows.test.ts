import assert from 'node:assert/strict';
import type { Dossier } from '../../../../src/model/dossier';
import type { InstanceRow, TableRows } from '../../../../src/model/facts';
import { staleNetworkInfo } from '../../../../src/zombies/rows/staleNetworkInfo';
import { tornInstance } from '../../../../src/zombies/rows/tornInstance';
import { volumeGone } from '../../../../src/zombies/rows/volumeGone';
import { cell1, cell2, deletedRow, dossier, migration, minutesAgo, row, scene } from '../build';
import { expectMissing, expectNone, expectVerdict, found } from '../expectations';
import { cachedPort, otherPortId, port, portId, rowsIn, volumeId, wholeTables } from '../things';

const without = (name: string): readonly TableRows[] =>
  wholeTables.map((each) => (each.table === name ? rowsIn(name, 0) : each));
const cacheless = without('instance_info_caches');
const torn = dossier({ rows: [row()], tables: cacheless });
const dangling = dossier({
  rows: [row()],
  volumes: [{ cell: cell1, volumeId, attachmentId: null }],
  missingVolumes: [volumeId],
});
const stale = dossier({ rows: [row()], neutronPorts: [port()] });

describe('what is to be mended at a live instance', () => {
  for (const { kind, zombie } of [
    { kind: tornInstance, zombie: torn },
    { kind: volumeGone, zombie: dangling },
    { kind: staleNetworkInfo, zombie: stale },
  ]) {
    const changed = (facts: Partial<InstanceRow>): Dossier => ({ ...zombie, rows: [row(facts)] });

    describe(`as ${kind.id}`, () => {
      it('is suspected and no more: the instance stays as it is', () => {
        const finding = expectVerdict('suspected', kind, zombie, scene());
        expectMissing(/the instance is live: it stays/, finding);
        assert.equal(finding.remedy.wanted, false);
        assert.equal(finding.host, 'compute-01');
      });

      it('is legitimate as the hidden copy of a resize across cells', () => {
        expectMissing(/hidden/, expectVerdict('legitimate', kind, changed({ hidden: true }), scene()));
      });

      it('is unknown with two live rows, a task that runs, or a resize that waits', () => {
        const rows = [...zombie.rows, row({ cell: cell2, id: 9 })];
        expectMissing(/2 cells/, expectVerdict('unknown', kind, { ...zombie, rows }, scene()));
        const task = expectVerdict('unknown', kind, changed({ taskState: 'rebuilding' }), scene());
        expectMissing(/task_state is rebuilding/, task);
        const waiting = { ...zombie, migrations: [migration('finished')] };
        expectMissing(/confirm or revert/, expectVerdict('unknown', kind, waiting, scene()));
      });

      it('is not found of what is being deleted, or is deleted', () => {
        expectNone(/being deleted/, kind, changed({ taskState: 'deleting' }), scene());
        expectNone(/no live row/, kind, { ...zombie, rows: [deletedRow()] }, scene());
      });
    });
  }
});

describe('torn instance', () => {
  it('names the rows that are missing, and removes nothing whatever', () => {
    const { why, remedy } = found(tornInstance, torn, scene());
    assert.match(why, /missing in: instance_info_caches$/);
    assert.deepEqual([remedy.depths, remedy.repairs, remedy.manual], [['none'], undefined, []]);
    const extra = { ...torn, tables: without('instance_extra') };
    assert.match(found(tornInstance, extra, scene()).why, /missing in: instance_extra$/);
  });

  it('is found of a row beside which nothing is left at all', () => {
    const bare = { ...torn, tables: [rowsIn('instance_extra', 0), rowsIn('instance_info_caches', 0)] };
    const { why } = expectVerdict('suspected', tornInstance, bare, scene());
    assert.match(why, /missing in: instance_extra, instance_info_caches$/);
  });

  it('is not found of a whole instance, nor of one whose tables nobody counted', () => {
    expectNone(/are there/, tornInstance, { ...torn, tables: wholeTables }, scene());
    expectNone(/are there/, tornInstance, { ...torn, tables: [] }, scene());
    const older = wholeTables.filter(({ table }) => table !== 'instance_extra');
    expectNone(/are there/, tornInstance, { ...torn, tables: older }, scene());
    const elsewhere = cacheless.map((each) => ({ ...each, cell: cell2 }));
    expectNone(/are there/, tornInstance, { ...torn, tables: elsewhere }, scene());
  });

  it('is legitimate when its row was made a short time ago', () => {
    const young = { ...torn, rows: [row({ createdAt: minutesAgo(5) })] };
    expectMissing(/may be under way/, expectVerdict('legitimate', tornInstance, young, scene()));
  });
});

describe('volume gone', () => {
  it('is marked as deleted in the cell that has the block device, and is a pick beside nothing', () => {
    const { remedy, ladder } = found(volumeGone, dangling, scene());
    assert.deepEqual(remedy.repairs, [{ do: 'forget-volume', cell: cell1, volumeId }]);
    assert.deepEqual(remedy.depths, ['repair', 'none']);
    assert.match(ladder[0]?.title ?? '', /2023\.2 and later: a reboot/);
  });

  it('is not found while Cinder has the volume', () => {
    expectNone(/does not miss/, volumeGone, { ...dangling, missingVolumes: [] }, scene());
  });

  it('is not found of local and blank block devices: they name no volume', () => {
    expectNone(/does not miss/, volumeGone, { ...dangling, volumes: [] }, scene());
  });
});

describe('stale network info', () => {
  it('is told and never edited', () => {
    const { remedy, ladder } = found(staleNetworkInfo, stale, scene());
    assert.deepEqual([remedy.depths, remedy.repairs, remedy.manual], [['none'], undefined, []]);
    assert.match(ladder[0]?.title ?? '', /heal_instance_info_cache_interval above 0 on compute-01/);
  });

  it('is not found where cache and Neutron agree', () => {
    expectNone(/that Neutron has/, staleNetworkInfo, { ...stale, ports: [cachedPort()] }, scene());
  });

  it('is not found of an instance without a port on purpose', () => {
    expectNone(/on purpose/, staleNetworkInfo, { ...stale, neutronPorts: [] }, scene());
    const dhcp = [port({ deviceOwner: 'network:dhcp' })];
    expectNone(/on purpose/, staleNetworkInfo, { ...stale, neutronPorts: dhcp }, scene());
  });

  it('is found too where the cache has another port, or one that Neutron does not have', () => {
    const other = { ...stale, ports: [cachedPort({ id: otherPortId })] };
    assert.match(found(staleNetworkInfo, other, scene()).why, /lacks 1 .* has 1/);
    const onlyCached = { ...stale, neutronPorts: [], ports: [cachedPort({ id: portId })] };
    assert.match(found(staleNetworkInfo, onlyCached, scene()).why, /lacks 0 .* has 1/);
  });

  it('is not found where Neutron was not read: its silence takes no port away', () => {
    const cached = { ...stale, neutronPorts: [], ports: [cachedPort()] };
    for (const silence of [{ unread: ['neutron'] }, { absent: ['neutron'] }]) {
      expectNone(/was not read/, staleNetworkInfo, cached, scene(silence));
      expectVerdict('unknown', staleNetworkInfo, stale, scene(silence));
    }
  });

  it('is legitimate while the port is new, or was given to it a moment ago', () => {
    for (const young of [{ createdAt: minutesAgo(5) }, { updatedAt: minutesAgo(5) }]) {
      const neutronPorts = [port(young)];
      const finding = expectVerdict('legitimate', staleNetworkInfo, { ...stale, neutronPorts }, scene());
      expectMissing(/may be under way/, finding);
    }
  });

  it('is not found while it is being built: Nova does not heal it either', () => {
    const building = { ...stale, rows: [row({ vmState: 'building' })] };
    expectNone(/being built/, staleNetworkInfo, building, scene());
  });
});
