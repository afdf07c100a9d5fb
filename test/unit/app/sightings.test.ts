import assert from 'node:assert/strict';
import { pack, unpack, type Packed } from '../../../src/app/engine/packedSightings';
import { take, type Sightings } from '../../../src/app/engine/sightingRules';
import { sightingKey } from '../../../src/model/scene';
import type { Source } from '../../../src/model/source';
import type { Suspect } from '../../../src/model/suspect';
import { suspect, uuid } from '../vscode/suspects';

const minute = 60_000;
const start = Date.parse('2026-11-23T10:00:00Z');

describe('a sighting', () => {
  const now = start;
  const at = new Date(start).toISOString();
  const source = (id: string, complete = true): Source => ({
    id,
    kind: id.startsWith('host:') ? 'host' : 'cell',
    name: id,
    complete,
    readAt: at,
  });
  const evidence = (sourceId: string, time = at): Suspect['evidence'][number] => ({
    source: sourceId,
    text: '',
    at: time,
  });
  const stuck = suspect({ evidence: [evidence('cell:a'), evidence('host:b')] });
  const key = sightingKey(stuck.uuid, stuck.kind);
  const seen = (found: readonly Suspect[]): ReadonlyMap<string, Suspect> =>
    new Map(found.map((each) => [each.uuid, each]));
  const answered = [source('cell:a'), source('host:b')];
  let sightings: Sightings;

  const look = (
    found: readonly Suspect[],
    minutes: number,
    rest: { sources?: readonly Source[]; uuids?: readonly string[] } = {},
  ): Promise<void> =>
    take(sightings, {
      suspects: seen(found),
      sources: rest.sources ?? answered,
      now: now + minutes * minute,
      behindMs: 0,
      ...(rest.uuids ? { uuids: new Set(rest.uuids) } : {}),
    });

  beforeEach(async () => {
    sightings = new Map();
    await look([stuck], 0);
  });

  it('is kept of every kind that holds, and of none that is unknown or legitimate', async () => {
    const gone = suspect({ kind: 'domain-gone', verdict: 'suspected' });
    const left = suspect({ kind: 'leftover-directory', verdict: 'unknown' });
    await look([suspect({ also: [gone, left] })], 1);
    assert.deepEqual(
      [...sightings.keys()].map((each) => each.split(' ')[0]),
      ['stuck-deleting', 'domain-gone'],
    );
  });

  it('is no second one as long as one of its sources was not read again', async () => {
    const half = suspect({
      evidence: [evidence('cell:a', new Date(now + 20 * minute).toISOString()), evidence('host:b')],
    });
    await look([half], 20);
    assert.equal(sightings.get(key)?.count, 1);
    const [cell, hostAgain] = half.evidence;
    assert.ok(cell && hostAgain);
    await look([suspect({ evidence: [cell, { ...hostAgain, at: cell.at }] })], 20);
    assert.deepEqual(sightings.get(key)?.count, 2);
  });

  it('stays while its host is silent, and goes when that answers without it', async () => {
    await look([], 5, { sources: [source('cell:a'), source('host:b', false)] });
    assert.ok(sightings.has(key));
    await look([], 6, { sources: [source('cell:a')] });
    assert.ok(sightings.has(key), 'the host is not even listed any more');
    await look([], 7);
    assert.ok(!sightings.has(key));
  });

  it('stays while it is unknown for want of an answer, and goes when all answered', async () => {
    const unknown = suspect({ verdict: 'unknown' });
    await look([unknown], 5, { sources: [...answered, source('host:c', false)] });
    assert.ok(sightings.has(key));
    await look([unknown], 6);
    assert.ok(!sightings.has(key));
  });

  it('is not forgotten by a look at others', async () => {
    await look([], 5, { uuids: [uuid(2)] });
    assert.ok(sightings.has(key));
    await look([], 6, { uuids: [uuid(1)] });
    assert.ok(!sightings.has(key));
  });

  it('is the same after it was kept', async () => {
    await look([stuck, suspect({ uuid: uuid(2) }), suspect({ uuid: uuid(3), kind: 'domain-gone' })], 11);
    assert.deepEqual(await unpack(JSON.parse(JSON.stringify(await pack(sightings))) as Packed[]), sightings);
  });

  it('takes little room, and holds nothing up, for 100,000 suspects', async () => {
    const many = Array.from({ length: 100_000 }, (_, index) =>
      suspect({ uuid: uuid(index), evidence: stuck.evidence }),
    );
    await look(many, 11);
    let turns = 0;
    const others = setInterval(() => (turns += 1), 0);
    const packed = await pack(sightings);
    const size = JSON.stringify(packed).length;
    await unpack(packed);
    clearInterval(others);
    assert.ok(size < 2_500_000, String(size));
    assert.ok(turns >= 3, `others had ${turns} turns`);
  });
});
