import assert from 'node:assert/strict';
import { readConfigurations, type CloudConfiguration } from '../../../src/app/configurations';
import type { Looked } from '../../../src/app/engine/look';
import { SightingStore } from '../../../src/app/engine/sightingStore';
import type { State } from '../../../src/app/state';
import { memoryState } from '../../memoryState';
import { suspect } from '../vscode/suspects';
import { now, scene } from '../zombies/build';

function cloudAt(apiDatabase: string): CloudConfiguration {
  const [cloud] = readConfigurations([{ name: 'demo', apiDatabase }]).clouds;
  return cloud ?? assert.fail();
}

const cloud = cloudAt('mysql://nova@127.0.0.1/nova_api');

function looked(): Looked {
  const seen = scene();
  const survey = { scene: seen, cells: [], hosts: [], backlog: [], instances: 1, aheadMs: 0, behindMs: 0 };
  const stuck = suspect();
  return { survey, suspects: new Map([[stuck.uuid, stuck]]), dossiers: new Map(), scene: seen };
}

describe('what was seen', () => {
  let warnings: string[];

  const storeOn = (state: State): SightingStore => {
    const logger = {
      debug: assert.fail,
      info: assert.fail,
      warn: (text: string) => void warnings.push(text),
      error: assert.fail,
    };
    return new SightingStore(state, { now: () => now }, logger);
  };

  beforeEach(() => {
    warnings = [];
  });

  it('by way of another database is not about this cloud', async () => {
    const state = memoryState();
    const store = storeOn(state);
    await store.note(cloud, looked());
    for (const each of [store, storeOn(state)]) {
      assert.equal((await each.recall(cloud)).size, 1);
      assert.equal((await each.recall(cloudAt('mysql://nova@127.0.0.2/nova_api'))).size, 0);
    }
  });

  it('costs no scan when it cannot be kept', async () => {
    const full: State = { ...memoryState(), update: () => Promise.reject(new Error('disk full')) };
    const noted = await storeOn(full).note(cloud, looked());
    assert.deepEqual(
      [...noted.values()].map(({ sighting }) => sighting?.count),
      [1],
    );
    assert.match(warnings.join(), /disk full/);
  });
});
