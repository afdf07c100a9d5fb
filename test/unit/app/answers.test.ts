import assert from 'node:assert/strict';
import { answers, type Looked } from '../../../src/app/engine/look';
import type { Scene } from '../../../src/model/scene';
import type { Source } from '../../../src/model/source';
import type { Suspect } from '../../../src/model/suspect';
import { scene, source, uuid } from '../zombies/build';

const gap = { code: 'busy' as const, message: 'busy', action: 'wait' };

function without(...ids: readonly string[]): Scene {
  const all = scene();
  const silent = (each: Source): Source => ({ ...each, complete: false, gap });
  return { ...all, sources: all.sources.map((each) => (ids.includes(each.id) ? silent(each) : each)) };
}

/** Found a while ago, by what that source said. */
function suspectBy(id: string): Suspect {
  const at = source('cell', id).readAt;
  return { uuid, evidence: [{ source: id, text: 'seen', at }], also: [] } as unknown as Suspect;
}

/** Whether a suspect of the time before, which is not found now, is known to be gone. */
function isGone(now: Scene, before: Scene, suspect: Suspect | undefined): boolean {
  const looked = { suspects: new Map(), dossiers: new Map(), scene: now } as unknown as Looked;
  return answers(looked, [uuid], { scene: before, suspect: () => suspect }).has(uuid);
}

describe('what is not found any more', () => {
  it('is gone when every source answered', () => {
    assert.equal(isGone(scene(), scene(), suspectBy('neutron')), true);
  });

  it('is not known while a database is silent, or a host that was not silent before', () => {
    assert.equal(isGone(without('api-database'), without('api-database'), undefined), false);
    assert.equal(isGone(without('host:compute-01'), scene(), undefined), false);
    assert.equal(isGone(without('host:compute-01'), without('host:compute-01'), undefined), true);
  });

  for (const service of ['placement', 'keystone', 'nova', 'neutron', 'cinder', 'ironic']) {
    it(`is not known while ${service} is silent by which it was found`, () => {
      const silent = without(service);
      assert.equal(isGone(silent, silent, suspectBy(service)), false);
      assert.equal(isGone(silent, silent, { ...suspectBy('cell:x'), also: [suspectBy(service)] }), false);
      assert.equal(isGone(silent, scene(), suspectBy('cell:x')), true);
    });
  }
});
