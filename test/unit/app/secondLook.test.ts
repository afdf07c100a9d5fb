import fc from 'fast-check';
import assert from 'node:assert/strict';
import { SightingStore } from '../../../src/app/engine/sightingStore';
import type { Looked } from '../../../src/app/engine/look';
import { readConfigurations } from '../../../src/app/configurations';
import type { Scene } from '../../../src/model/scene';
import type { Source } from '../../../src/model/source';
import type { Suspect, Verdict } from '../../../src/model/suspect';
import { judgeAll } from '../../../src/zombies/judge';
import { kinds } from '../../../src/zombies/kinds';
import { memoryState } from '../../memoryState';
import { cell1, dossier, host, row, scene } from '../zombies/build';

const minute = 60_000;
const start = Date.parse('2026-11-23T10:00:00Z');

/** A row whose host is NULL: the cell alone says so. */
const zombie = dossier({
  rows: [row({ host: null, node: null, vmState: 'deleted', updatedAt: '2026-01-01T00:00:00Z' })],
});

/** A cloud whose clock of this machine, and of its databases, the test sets. */
class Looks {
  readonly state = memoryState();
  private local = start;
  private store = this.opened();

  /** One scan. `found: false`: there is nothing to be seen; `silent`: ids of sources that did not answer. */
  async look({
    local,
    database = local,
    found = true,
    silent = [],
    hostsReadAt = local,
  }: {
    local: number;
    database?: number;
    found?: boolean;
    silent?: readonly string[];
    hostsReadAt?: number;
  }): Promise<Suspect | undefined> {
    this.local = local;
    const seen = await this.scene(local, database, silent, hostsReadAt);
    const judged = found ? judgeAll(zombie, seen, kinds) : undefined;
    const looked: Looked = {
      survey: {
        scene: seen,
        cells: [],
        hosts: [],
        backlog: [],
        instances: 1,
        aheadMs: Math.max(0, local - database),
        behindMs: Math.max(0, database - local),
      },
      suspects: new Map(judged ? [[judged.uuid, judged]] : []),
      dossiers: new Map(),
      scene: seen,
    };
    const noted = await this.store.note(this.configuration, looked);
    return noted.get(zombie.uuid);
  }

  /** Another window, or the same one tomorrow. */
  reopen(): void {
    this.store = this.opened();
  }

  private readonly configuration = configurationOf('mysql://nova@127.0.0.1/nova_api');

  private opened(): SightingStore {
    const logger = { debug: fail, info: fail, warn: fail, error: fail };
    return new SightingStore(this.state, { now: () => new Date(this.local) }, logger);
  }

  private async scene(
    local: number,
    database: number,
    silent: readonly string[],
    hostsReadAt: number,
  ): Promise<Scene> {
    const usual = scene({ unread: silent, hosts: [host('compute-01', { silent: silent.includes('host') })] });
    const sources = usual.sources.map((source): Source => {
      const readAt = new Date(source.kind === 'host' ? hostsReadAt : local).toISOString();
      return { ...source, readAt };
    });
    const now = new Date(Math.min(local, database));
    return { ...usual, sources, now, sightings: await this.store.recall(this.configuration) };
  }
}

function configurationOf(apiDatabase: string): ReturnType<typeof readConfigurations>['clouds'][number] {
  const [cloud] = readConfigurations([{ name: 'demo', apiDatabase }]).clouds;
  return cloud ?? assert.fail();
}

function fail(message: string): void {
  assert.fail(message);
}

describe('what rests on one source', () => {
  let looks: Looks;

  beforeEach(() => {
    looks = new Looks();
  });

  const verdicts = async (times: readonly number[]): Promise<(Verdict | undefined)[]> => {
    const found: (Verdict | undefined)[] = [];
    for (const time of times) found.push((await looks.look({ local: start + time * minute }))?.verdict);
    return found;
  };

  it('is suspected at first sight, and confirmed when it is still so ten minutes later', async () => {
    assert.deepEqual(await verdicts([0, 9.9, 10]), ['suspected', 'suspected', 'confirmed']);
  });

  it('says since when it was seen, and how often', async () => {
    await looks.look({ local: start });
    const again = await looks.look({ local: start + 20 * minute });
    assert.deepEqual(again?.sighting, {
      first: '2026-11-23T10:00:00.000Z',
      last: '2026-11-23T10:20:00.000Z',
      count: 2,
    });
  });

  it('is remembered by another window', async () => {
    await looks.look({ local: start });
    looks.reopen();
    assert.equal((await looks.look({ local: start + 11 * minute }))?.verdict, 'confirmed');
  });

  it('begins anew when it was gone in between', async () => {
    await looks.look({ local: start });
    await looks.look({ local: start + 5 * minute, found: false });
    assert.equal((await looks.look({ local: start + 11 * minute }))?.verdict, 'suspected');
  });

  it('is not forgotten because a source did not answer in between', async () => {
    for (const source of ['api-database', `cell:${cell1}`]) {
      looks = new Looks();
      await looks.look({ local: start });
      await looks.look({ local: start + 5 * minute, found: false, silent: [source] });
      assert.equal((await looks.look({ local: start + 11 * minute }))?.verdict, 'confirmed', source);
    }
  });

  it('is forgotten although a host that does not show it is silent', async () => {
    await looks.look({ local: start });
    await looks.look({ local: start + 5 * minute, found: false, silent: ['host'] });
    assert.equal((await looks.look({ local: start + 11 * minute }))?.verdict, 'suspected');
  });

  it('is forgotten after a month of silence', async () => {
    await looks.look({ local: start });
    const later = start + 31 * 24 * 60 * minute;
    await looks.look({ local: later, found: false, silent: ['api-database'] });
    assert.equal((await looks.look({ local: later + minute }))?.verdict, 'suspected');
  });

  it('is confirmed by no clock that was set back, nor by one that is right again', async () => {
    await looks.look({ local: start });
    assert.equal((await looks.look({ local: start - 60 * minute }))?.verdict, 'suspected');
    looks = new Looks();
    await looks.look({ local: start - 60 * minute, database: start });
    assert.equal((await looks.look({ local: start + minute }))?.verdict, 'suspected', 'of this machine');
    looks = new Looks();
    await looks.look({ local: start, database: start - 60 * minute });
    assert.equal((await looks.look({ local: start + minute }))?.verdict, 'suspected', 'of the database');
  });

  it('is not suspected for ever because a clock was far ahead once', async () => {
    const century = 100 * 365 * 24 * 60 * minute;
    await looks.look({ local: start + century, database: start });
    assert.equal((await looks.look({ local: start + 20 * minute }))?.verdict, 'suspected');
    assert.equal((await looks.look({ local: start + 31 * minute }))?.verdict, 'confirmed');
  });

  it('is never confirmed by one look, nor by two that are less than ten minutes apart', async () => {
    const off = fc.integer({ min: -500, max: 500 });
    const step = fc.record({
      after: fc.integer({ min: 0, max: 15 }),
      off,
      wrong: fc.constantFrom('local', 'database', 'none'),
      found: fc.boolean(),
      silent: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
        looks = new Looks();
        let time = start;
        const held: number[] = [];
        for (const { after, wrong, found, silent, ...rest } of steps) {
          time += after * minute;
          const shifted = time + rest.off * minute;
          const seen = await looks.look({
            local: wrong === 'local' ? shifted : time,
            database: wrong === 'database' ? shifted : time,
            found,
            silent: silent ? ['placement'] : [],
          });
          if (seen?.verdict === 'confirmed') {
            assert.ok(held.some((before) => time - before >= 10 * minute));
          }
          if (!found) held.length = 0;
          else if (seen) held.push(time);
        }
      }),
      { numRuns: 200 },
    );
  });
});
