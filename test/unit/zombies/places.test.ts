import assert from 'node:assert/strict';
import { relatedHosts } from '../../../src/zombies/places';
import { dossier, host, migration, row, scene } from './build';

const two = scene({ hosts: [host('cmp1', { nodes: ['cmp1.dc1', 'cmp1'] }), host('cmp2')] });

describe('the hosts that are named for an instance', () => {
  it('are found by the name of their node', () => {
    assert.deepEqual(relatedHosts(dossier({ rows: [row({ host: 'cmp1', node: 'cmp1.dc1' })] }), two), [
      'cmp1',
    ]);
    const allocations = [{ providerUuid: 'p', provider: 'cmp2.example.org' }];
    assert.deepEqual(relatedHosts(dossier({ allocations }), two), ['cmp2']);
  });

  it('are those to which its ports are bound and its volumes attached', () => {
    const port = { id: 'p', deviceOwner: 'compute:nova', projectId: 'd3b1', status: 'ACTIVE', addresses: [] };
    const attachment = { id: 'a', volumeId: 'v', status: 'attached' };
    const neutronPorts = [{ ...port, host: 'cmp2' }, port];
    const attachments = [{ ...attachment, host: 'cmp3' }, attachment];
    assert.deepEqual(relatedHosts(dossier({ neutronPorts, attachments }), two), ['cmp2', 'cmp3']);
  });

  it('are not taken for another machine whose name begins alike', () => {
    const failed = migration('error', { sourceCompute: 'cmp2', destCompute: 'cmp1.dc2' });
    assert.deepEqual(relatedHosts(dossier({ migrations: [failed] }), two), ['cmp2', 'cmp1.dc2']);
    const allocations = [{ providerUuid: 'p', provider: 'cmp1_old.dc2' }];
    assert.deepEqual(relatedHosts(dossier({ allocations }), two), ['cmp1_old.dc2']);
  });

  it('are the host of the row for a node of bare metal', () => {
    const node = '7d2e1b1c-53a7-4f0e-8a8e-3a3c9d0f6b11';
    const metal = scene({ hosts: [host('ironic-01', { hypervisorType: 'ironic', nodes: [] })] });
    assert.deepEqual(relatedHosts(dossier({ rows: [row({ host: 'ironic-01', node })] }), metal), [
      'ironic-01',
    ]);
  });
});
