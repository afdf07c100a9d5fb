import assert from 'node:assert/strict';
import type { Port } from '../../../../src/model/facts';
import { orphanPort } from '../../../../src/zombies/services/orphanPort';
import { deletedRow, dossier, minutesAgo, scene } from '../build';
import { expectMissing, expectNone, expectVerdict, found } from '../expectations';
import { cachedPort, otherPortId, port, portId, without } from '../things';

const orphan = dossier({ rows: [deletedRow()], novaApi: 'absent', neutronPorts: [port()] });

function having(...ports: readonly Partial<Port>[]): typeof orphan {
  return { ...orphan, neutronPorts: ports.map(port) };
}

describe('orphan port', () => {
  it('is none of Nova’s with another owner', () => {
    for (const deviceOwner of [
      '',
      'network:dhcp',
      'network:router_interface',
      'network:floatingip',
      'trunk:subport',
      'Octavia',
      'neutron:LOADBALANCERV2',
      'baremetal:none',
    ]) {
      expectNone(/device_owner compute:\*/, orphanPort, having({ deviceOwner }), scene());
    }
    for (const deviceOwner of ['compute:nova', 'compute:az-2', 'compute:']) {
      expectVerdict('confirmed', orphanPort, having({ deviceOwner }), scene());
    }
  });

  it('takes only those of Nova from an instance that has others', () => {
    const { remedy } = found(
      orphanPort,
      having({}, { id: otherPortId, deviceOwner: 'trunk:subport' }),
      scene(),
    );
    assert.deepEqual(
      remedy.manual.map(({ command }) => command),
      [`openstack port delete ${portId}`],
    );
  });

  it('is a request where Nova made the port, and the cloud has its APIs', () => {
    const request = (facts: typeof orphan, apis = true): unknown =>
      found(orphanPort, facts, scene({ apis })).remedy.manual[0]?.api;
    const ours = { ...orphan, ports: [cachedPort({ madeByNova: true })] };
    assert.deepEqual(request(ours), { do: 'delete-port', id: portId });
    assert.equal(request(ours, false), undefined);
  });

  it('is for people to decide where its owner made it, or may have', () => {
    const other = [cachedPort({ id: otherPortId, madeByNova: true })];
    for (const ports of [[], [cachedPort()], other]) {
      const { remedy } = found(orphanPort, { ...orphan, ports }, scene({ apis: true }));
      assert.equal(remedy.manual[0]?.api, undefined);
      assert.match(remedy.manual[0]?.why ?? '', /clear its device_id/);
    }
  });

  it('is legitimate when it is new, or was given to its device a moment ago', () => {
    for (const young of [{ createdAt: minutesAgo(5) }, { updatedAt: minutesAgo(5) }]) {
      expectMissing(/may be under way/, expectVerdict('legitimate', orphanPort, having({}, young), scene()));
    }
  });

  it('is suspected when nobody knows its age', () => {
    const ageless = without(port(), 'createdAt');
    const zombie = { ...orphan, neutronPorts: [ageless] };
    expectMissing(/how old it is/, expectVerdict('suspected', orphanPort, zombie, scene()));
  });

  it('is unknown when it is bound to a host that this Nova does not list', () => {
    const strange = having({ host: 'other-region-9' });
    expectMissing(/no host of this Nova/, expectVerdict('unknown', orphanPort, strange, scene()));
    expectVerdict('confirmed', orphanPort, having({ host: 'compute-01.example.org' }), scene());
    const unbound = without(port(), 'host');
    expectVerdict('confirmed', orphanPort, { ...orphan, neutronPorts: [unbound] }, scene());
  });
});
