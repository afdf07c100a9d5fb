import assert from 'node:assert/strict';
import type { HostMention } from '../../../src/evidence/cellSurvey';
import { HostList, type ListedHost } from '../../../src/evidence/hostList';
import { isLibvirt } from '../../../src/model/hypervisor';

const cell = '527baa73-aa3b-465e-a2d1-d04ffccf1e08';

function node(host: string, type: string, ip: string | null = null): HostMention {
  return {
    host,
    cell,
    node: { cell, id: 1, hypervisorHostname: `${host}.example.org`, uuid: null, type, ip },
  };
}

function only(list: HostList): ListedHost {
  const [host, ...others] = list.all();
  assert.ok(host);
  assert.deepEqual(others, []);
  return host;
}

describe('the list of hosts', () => {
  it('has every host that anything names, once, in the order of the names', () => {
    const list = new HostList({ 'by-hand': '10.0.0.9' });
    list.list({ host: 'mapped', cell });
    list.list({ host: 'computes', cell, lastSeenUp: '2026-11-23T10:31:07Z' });
    list.list(node('computes', 'QEMU'));
    list.name('row-only', cell);
    assert.deepEqual(
      list.all().map(({ host, listed, cells }) => [host, listed, cells]),
      [
        ['by-hand', false, []],
        ['computes', true, [cell]],
        ['mapped', true, [cell]],
        ['row-only', false, [cell]],
      ],
    );
  });

  it('goes by the record that reported last where a host has one in two cells, in whichever order they come', () => {
    const stays = { disabled: true, forcedDown: false };
    const used: HostMention = { host: 'moved', cell, lastSeenUp: '2026-11-23T10:31:07Z', service: stays };
    const left: HostMention = {
      host: 'moved',
      cell: '6f88a784-fa72-4b16-ac32-11c2e1563dd9',
      lastSeenUp: '2026-05-08T09:43:44Z',
      service: { disabled: false, forcedDown: true },
    };
    for (const order of [
      [used, left],
      [left, used],
    ]) {
      const list = new HostList({});
      for (const mention of order) list.list(mention);
      const host = only(list);
      assert.deepEqual([host.lastSeenUp, host.service], [used.lastSeenUp, stays]);
      assert.equal(host.cells.length, 2);
    }
  });

  it('reaches a host where the configuration says, else at its host_ip, else by its name', () => {
    const listWith = (configured: Record<string, string>, ip: string | null): HostList => {
      const list = new HostList(configured);
      list.list(node('compute-01', 'QEMU', ip));
      return list;
    };
    assert.equal(only(listWith({ 'compute-01': '192.0.2.1' }, '10.0.0.1')).address, '192.0.2.1');
    assert.equal(only(listWith({}, '10.0.0.1')).address, '10.0.0.1');
    assert.equal(only(listWith({}, null)).address, 'compute-01');
  });

  it('reaches the others by the template, or by the name that the SSH configuration has', () => {
    const address = (template: string | undefined, isNamed: boolean, ip: string | null): string => {
      const list = new HostList({}, { ...(template ? { template } : {}), isNamed: () => isNamed });
      list.list(node('compute-01', 'QEMU', ip));
      return only(list).address;
    };
    assert.equal(address(undefined, true, '10.0.0.1'), 'compute-01');
    assert.equal(address('{host}', false, '10.0.0.1'), 'compute-01');
    assert.equal(address('{host}.mgmt.example.org', true, '10.0.0.1'), 'compute-01.mgmt.example.org');
    assert.equal(address('{ip}', true, '10.0.0.1'), '10.0.0.1');
    assert.equal(address('{ip}', false, null), 'compute-01');
    const list = new HostList({ "a$&'b": '192.0.2.1' }, { template: '{host}.x', isNamed: () => false });
    assert.equal(only(list).address, '192.0.2.1');
  });

  it('names no cell for a host that is mapped to one that is not there', () => {
    const list = new HostList({});
    list.list({ host: 'lost', cell: undefined });
    assert.deepEqual(only(list).cells, []);
  });

  it('takes a host for one with libvirt when any of its nodes is', () => {
    for (const types of [
      ['ironic', 'QEMU'],
      ['QEMU', 'ironic'],
    ]) {
      const list = new HostList({});
      types.forEach((type) => list.list(node('mixed', type)));
      assert.equal(only(list).hypervisorType, 'QEMU');
    }
    assert.deepEqual(
      ['QEMU', 'KVM', 'LXC', undefined, '', 'ironic', 'VMware vCenter Server', 'fake'].map(isLibvirt),
      [true, true, true, true, true, false, false, false],
    );
  });
});
