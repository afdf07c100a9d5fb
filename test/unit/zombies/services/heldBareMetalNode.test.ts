import assert from 'node:assert/strict';
import type { BareMetalNode } from '../../../../src/model/facts';
import { heldBareMetalNode } from '../../../../src/zombies/services/heldBareMetalNode';
import { deletedRow, dossier, minutesAgo, scene } from '../build';
import { expectMissing, expectVerdict, found } from '../expectations';
import { node, nodeId } from '../things';

function held(facts: Partial<BareMetalNode> = {}): ReturnType<typeof dossier> {
  return dossier({ rows: [deletedRow()], novaApi: 'absent', nodes: [node(facts)] });
}

describe('bare metal node held', () => {
  it('is undeployed by hand where something is deployed, and unset where nothing is', () => {
    const command = (provisionState: string): string | undefined =>
      found(heldBareMetalNode, held({ provisionState }), scene({ apis: true })).remedy.manual[0]?.command;
    for (const state of ['active', 'error', 'deploy failed', 'rescue']) {
      assert.equal(command(state), `openstack baremetal node undeploy ${nodeId}`);
    }
    for (const state of ['available', 'manageable', 'clean failed']) {
      assert.equal(command(state), `openstack baremetal node unset --instance-uuid ${nodeId}`);
    }
  });

  it('is unknown while Ironic is at work on it, or in a state that is not known here', () => {
    for (const provisionState of [
      'cleaning',
      'clean wait',
      'servicing',
      'deploying',
      'wait call-back',
      'deleting',
      'of 2031',
    ]) {
      const finding = expectVerdict('unknown', heldBareMetalNode, held({ provisionState }), scene());
      expectMissing(/Ironic is at work/, finding);
    }
  });

  it('is suspected in maintenance', () => {
    expectMissing(
      /in maintenance/,
      expectVerdict('suspected', heldBareMetalNode, held({ maintenance: true }), scene()),
    );
  });

  it('is legitimate as an allocation of Ironic itself', () => {
    const own = held({ allocation: nodeId });
    expectMissing(/allocation of Ironic/, expectVerdict('legitimate', heldBareMetalNode, own, scene()));
  });

  it('is legitimate when it changed a short time ago, suspected when nobody knows when', () => {
    const young = held({ updatedAt: minutesAgo(5) });
    expectMissing(/may be under way/, expectVerdict('legitimate', heldBareMetalNode, young, scene()));
    expectVerdict('suspected', heldBareMetalNode, held({ updatedAt: '' }), scene());
  });
});
