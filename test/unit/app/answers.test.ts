import assert from 'node:assert/strict';
import { answers, type Looked } from '../../../src/app/engine/look';
import type { Scene } from '../../../src/model/scene';
import { host, scene, uuid } from '../zombies/build';

/** A look that found nothing to suspect. */
function looked(now: Scene): Looked {
  const survey = { scene: now, cells: [], hosts: [], backlog: [], instances: 0, aheadMs: 0, behindMs: 0 };
  return { survey, scene: now, suspects: new Map(), dossiers: new Map() };
}

function isGone(now: Scene, before?: Scene): boolean {
  return answers(looked(now), [uuid], before).has(uuid);
}

describe('what a look at an instance says', () => {
  it('is that it is no suspect any more, when every source answered', () => {
    assert.ok(isGone(scene()));
  });

  for (const id of ['api-database', 'placement', 'neutron', 'keystone']) {
    it(`is nothing while ${id} is silent, which had answered before`, () => {
      assert.ok(!isGone(scene({ unread: [id] }), scene()));
      assert.ok(!isGone(scene({ unread: [id] })));
    });
  }

  it('is as good as the one before, when the service was silent then too', () => {
    const silent = scene({ unread: ['placement'] });
    assert.ok(isGone(silent, silent));
  });

  it('leans on no host that was silent before, and on every one that answered', () => {
    const hosts = [host('compute-01'), host('compute-04', { silent: true })];
    assert.ok(isGone(scene({ hosts }), scene({ hosts })));
    assert.ok(!isGone(scene({ hosts }), scene({ hosts: [host('compute-01'), host('compute-04')] })));
  });

  it('is nothing as long as a cell is silent, before or not', () => {
    const silent = scene({ unread: ['api-database'] });
    assert.ok(!isGone(silent, silent));
  });
});
