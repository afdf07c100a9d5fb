import assert from 'node:assert/strict';
import type { PciDevice } from '../../../../src/model/facts';
import { pciDeviceHeld } from '../../../../src/zombies/rows/pciDeviceHeld';
import { cell1, deletedRow, domain, dossier, leftovers, minutesAgo, row, scene } from '../build';
import { expectMissing, expectNone, expectVerdict, found } from '../expectations';
import { pciDevice } from '../things';

const held = dossier({ rows: [deletedRow()], pciDevices: [pciDevice()] });

function having(facts: Partial<PciDevice>): typeof held {
  return { ...held, pciDevices: [pciDevice(facts)] };
}

describe('PCI device held', () => {
  it('is confirmed when it is allocated to an instance that Nova deleted', () => {
    const { remedy, host } = expectVerdict('confirmed', pciDeviceHeld, held, scene());
    assert.equal(host, 'compute-01');
    assert.deepEqual(remedy.repairs, [{ do: 'remove-rows', cell: cell1, table: 'pci_devices' }]);
    assert.equal(remedy.wanted, true);
    expectVerdict('confirmed', pciDeviceHeld, having({ status: 'claimed' }), scene());
  });

  it('is repaired once in a cell, however many devices it holds', () => {
    const two = { ...held, pciDevices: [pciDevice(), pciDevice({ id: 4, address: '0000:81:00.2' })] };
    assert.equal(found(pciDeviceHeld, two, scene()).remedy.repairs?.length, 1);
  });

  it('is not found in a status in which no instance has it', () => {
    for (const status of ['available', 'removed', 'deleted', 'unclaimable', 'unavailable']) {
      expectNone(/holds no PCI device/, pciDeviceHeld, having({ status }), scene());
    }
  });

  it('is not found of a live instance, or while a domain of it exists', () => {
    expectNone(/live row/, pciDeviceHeld, { ...held, rows: [row({ vmState: 'shelved' })] }, scene());
    expectNone(/its domain/, pciDeviceHeld, { ...held, domains: [domain()] }, scene());
  });

  it('is unknown when the host of the device was not read', () => {
    const finding = expectVerdict('unknown', pciDeviceHeld, having({ host: 'compute-09' }), scene());
    expectMissing(/whether a domain uses the device is not known: compute-09/, finding);
  });

  it('is suspected when its compute node is gone', () => {
    expectMissing(
      /compute node is gone/,
      expectVerdict('suspected', pciDeviceHeld, having({ host: null }), scene()),
    );
  });

  it('is legitimate when the instance was deleted a short time ago', () => {
    const young = { ...held, rows: [deletedRow({ deletedAt: minutesAgo(5) })] };
    expectVerdict('legitimate', pciDeviceHeld, young, scene());
  });

  it('is suspected when no cell has ever had the instance, and not judged while it is built', () => {
    const unheard = { ...held, rows: [], leftovers };
    expectMissing(/no cell has a row/, expectVerdict('suspected', pciDeviceHeld, unheard, scene()));
    assert.equal(found(pciDeviceHeld, unheard, scene()).remedy.wanted, false);
    const building = { ...unheard, buildRequestedAt: minutesAgo(1) };
    expectVerdict('legitimate', pciDeviceHeld, building, scene());
  });

  it('lets nova-compute free it first', () => {
    assert.match(
      found(pciDeviceHeld, held, scene()).ladder[0]?.title ?? '',
      /restart nova-compute on compute-01/,
    );
  });
});
