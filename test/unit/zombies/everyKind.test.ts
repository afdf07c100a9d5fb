import assert from 'node:assert/strict';
import type { Dossier } from '../../../src/model/dossier';
import type { InstanceRow } from '../../../src/model/facts';
import type { KindId } from '../../../src/model/kindId';
import type { Scene } from '../../../src/model/scene';
import { cell0Uuid } from '../../../src/model/uuid';
import { relatedHosts } from '../../../src/zombies/places';
import { kinds } from '../../../src/zombies/kinds';
import {
  cell1,
  cell2,
  deletedRow,
  domain,
  dossier,
  host,
  mapping,
  migration,
  row,
  scene,
  type SceneChoices,
} from './build';
import {
  expectMissing,
  expectNone,
  expectNothingOffered,
  expectVerdict,
  found,
  glimpseOf,
} from './expectations';
import { specimen, specimens } from './specimens';

const both = [host('compute-01'), host('compute-02')];
const silentOne = [host('compute-01', { silent: true }), host('compute-02')];
/** those that may remove a live row */
const liveRowKinds = [
  'stuck-deleting',
  'deleted-but-live',
  'stuck-building',
  'build-failed',
  'instance-without-host',
  'instance-on-dead-host',
  'domain-gone',
] as const;
/** for these a migration in progress is the thing itself, and not what speaks against it */
const aboutMigrations: readonly KindId[] = ['stuck-moving', 'stuck-migration'];

/** for these a mapping that names a cell, or an allocation, is what they miss */
const withoutMapping: readonly KindId[] = [
  'mapping-without-instance',
  'mapping-without-cell',
  'instance-without-mapping',
];
const withoutAllocation: readonly KindId[] = ['missing-allocation', 'empty-consumer'];

describe('every kind of zombie', () => {
  it('has a specimen', () => {
    assert.deepEqual(
      specimens.map(({ kind }) => kind.id),
      kinds.map(({ id }) => id),
    );
  });

  for (const { kind, dossier: zombie, verdict, signs, scene: usual } of specimens) {
    const at = (choices: SceneChoices = {}): Scene => scene({ ...usual, ...choices });
    const atMostSuspected = verdict === 'unknown' ? verdict : 'suspected';
    /** Hosts, migrations and allocations are named for instances alone. */
    const ofInstance = (title: string, run: () => void): void => {
      if (kind.subject === 'instance') it(title, run);
    };

    describe(kind.id, () => {
      it(`is ${verdict} when every source answered`, () => {
        const finding = expectVerdict(verdict, kind, zombie, at());
        assert.equal(finding.kind, kind.id);
      });

      it('is a candidate by what a survey shows of it', () => {
        assert.equal(kind.candidate(glimpseOf(zombie, signs), at()), true);
      });

      for (const id of ['api-database', `cell:${cell1}`, `cell:${cell2}`]) {
        it(`is unknown when ${id} is incomplete`, () => {
          expectMissing(/no answer/, expectVerdict('unknown', kind, zombie, at({ unread: [id] })));
        });
      }

      for (const service of kind.needs.filter((need) => !['api-database', 'cell', 'host'].includes(need))) {
        it(`is unknown, or not found, when ${service}, on which it leans, did not answer, or was not asked`, () => {
          if (kind.id === 'missing-allocation') {
            expectNone(/Placement was not read/, kind, zombie, at({ unread: [service] }));
            expectNone(/Placement was not read/, kind, zombie, at({ absent: [service] }));
            return;
          }
          expectMissing(/no answer/, expectVerdict('unknown', kind, zombie, at({ unread: [service] })));
          expectVerdict('unknown', kind, zombie, at({ absent: [service] }));
        });
      }

      it('is legitimate, or as unknown as before, when it is marked to be kept', () => {
        const keep = {
          scope: 'instance',
          id: zombie.uuid,
          reason: 'ours',
          author: 'ann',
          since: '',
        } as const;
        const expected = verdict === 'unknown' ? verdict : 'legitimate';
        expectMissing(/ann marked it/, expectVerdict(expected, kind, zombie, at({ keeps: [keep] })));
      });

      it('is unknown when the API database or the cells were not looked at at all', () => {
        expectMissing(
          /the API database/,
          expectVerdict('unknown', kind, zombie, at({ absent: ['api-database'] })),
        );
        const noCells = at({ absent: [`cell:${cell0Uuid}`, `cell:${cell1}`, `cell:${cell2}`] });
        expectMissing(/the cells/, expectVerdict('unknown', kind, zombie, noCells));
      });

      it('is unknown when its mapping names a cell that is not among the sources, if it is found at all', () => {
        const elsewhere = mapping({ cell: 'ffffffff-0000-4000-8000-000000000000', cellId: 9 });
        const strayed = { ...zombie, mapping: elsewhere };
        if (withoutMapping.includes(kind.id)) expectNone(/mapping/, kind, strayed, at());
        else expectMissing(/ffffffff/, expectVerdict('unknown', kind, strayed, at()));
      });

      ofInstance('is unknown when a host that is named for it was not read', () => {
        const finding = expectVerdict('unknown', kind, zombie, at({ hosts: silentOne }));
        expectMissing(/named for this instance was not read: compute-01/, finding);
        assert.deepEqual(
          finding.ladder.filter(({ command }) => command !== undefined),
          [],
        );
      });

      ofInstance(
        'is unknown when a host that only an allocation names was not read, if it is found at all',
        () => {
          const allocations = [...zombie.allocations, { providerUuid: 'u', provider: 'compute-09' }];
          const held = { ...zombie, allocations };
          if (withoutAllocation.includes(kind.id)) expectNone(/has allocations/, kind, held, at());
          else expectMissing(/compute-09/, expectVerdict('unknown', kind, held, at()));
        },
      );

      ofInstance('is at most suspected when another host of its cell was not read', () => {
        const cells = [zombie.rows[0]?.cell ?? cell1];
        const hosts = [host('compute-01'), host('compute-02'), host('compute-04', { silent: true, cells })];
        expectMissing(
          /not looked for on: compute-04/,
          expectVerdict(atMostSuspected, kind, zombie, at({ hosts })),
        );
      });

      ofInstance('is as before when the unread host is one of another cell', () => {
        const hosts = [...both, host('compute-04', { silent: true, cells: [cell2] })];
        const only = { ...zombie, leftovers: zombie.leftovers.filter(({ database }) => database !== cell2) };
        expectVerdict(verdict, kind, only, at({ hosts }));
      });

      ofInstance('is at most suspected when the unread host belongs to no known cell', () => {
        const hosts = [...both, host('compute-04', { silent: true, cells: [], listed: false })];
        expectVerdict(atMostSuspected, kind, zombie, at({ hosts }));
      });

      ofInstance('is unknown while a migration is in progress, whatever its status is called', () => {
        if (aboutMigrations.includes(kind.id)) return;
        for (const status of [
          'accepted',
          'preparing',
          'running',
          'migrating',
          'post-migrating',
          'confirming',
          null,
        ]) {
          const moving = { ...zombie, migrations: [migration(status, { destCompute: null })] };
          expectMissing(/migration 31 is in progress/, expectVerdict('unknown', kind, moving, at()));
        }
      });

      ofInstance('is as before when its migrations are over', () => {
        if (aboutMigrations.includes(kind.id)) return;
        for (const status of ['confirmed', 'reverted', 'error', 'failed', 'completed', 'cancelled', 'done']) {
          const over = migration(status, { createdAt: '2026-01-01T00:00:00Z' });
          const waiting = zombie.migrations.filter((each) => each.status === 'finished');
          expectVerdict(verdict, kind, { ...zombie, migrations: [...waiting, over] }, at());
        }
      });

      ofInstance('tells that Placement was not read, and stays what it is unless it leans on it', () => {
        const unread = at({ unread: ['placement'] });
        const expected = kind.needs.includes('placement') ? 'unknown' : verdict;
        if (kind.id === 'missing-allocation') expectNone(/Placement was not read/, kind, zombie, unread);
        else expectMissing(/Placement was not read/, expectVerdict(expected, kind, zombie, unread));
      });

      ofInstance('tells that the clock of its host is off, and stays what it is', () => {
        if (aboutMigrations.includes(kind.id) || !relatedHosts(zombie, at()).includes('compute-01')) return;
        const own = { ...usual?.particulars?.['compute-01'], aheadMs: 120_000 };
        expectMissing(/120 s ahead/, found(kind, zombie, at({ particulars: { 'compute-01': own } })));
      });

      it('names its sources with the time at which each was read', () => {
        const { sources } = at();
        const { evidence } = found(kind, zombie, at());
        assert.ok(evidence.length > 0);
        for (const { source, at } of evidence) {
          assert.equal(at, sources.find(({ id }) => id === source)?.readAt, source);
        }
      });

      it('says in plain words each trap that was checked', () => {
        const finding = found(kind, zombie, at());
        assert.equal(finding.cleared.length + finding.missing.length, kind.traps().length);
        for (const line of [...finding.cleared, ...finding.missing]) assert.match(line, /\w+ \w+/);
      });

      it('never takes words of a tenant into its texts', () => {
        const name = "x'); DROP TABLE instances; -- */\n\u202e";
        const hostile: Dossier = {
          ...zombie,
          rows: zombie.rows.map((each) => ({ ...each, displayName: name })),
          domains: zombie.domains.map((each) => ({ ...each, name, nova: { name } })),
          ...(zombie.volume === undefined ? {} : { volume: { ...zombie.volume, name } }),
        };
        const { remedy, ...told } = found(kind, hostile, at());
        assert.doesNotMatch(JSON.stringify([told, remedy.manual]), /DROP TABLE/);
      });
    });
  }

  it('reads a resource provider as the host it belongs to', () => {
    for (const provider of ['compute-01', 'compute-01.example.org']) {
      const { kind, dossier: zombie } = specimen('leftover-directory');
      expectVerdict(
        'confirmed',
        kind,
        { ...zombie, allocations: [{ providerUuid: 'u', provider }] },
        scene(),
      );
    }
  });

  it('looks on the node too when a row was pointed at another host by hand', () => {
    const { kind } = specimen('stuck-deleting');
    const zombie = dossier({ rows: [row({ taskState: 'deleting', node: 'compute-02.example.org' })] });
    expectVerdict('confirmed', kind, zombie, scene());
    const hosts = [host('compute-01'), host('compute-02', { silent: true })];
    expectVerdict('unknown', kind, zombie, scene({ hosts }));
  });

  for (const id of liveRowKinds) {
    const { kind, dossier: zombie, verdict, scene: usual } = specimen(id);
    const at = scene(usual);
    const changed = (facts: Partial<InstanceRow>): Dossier => ({
      ...zombie,
      rows: zombie.rows.map((each) => ({ ...each, ...facts })),
    });

    it(`${id}: a hidden row is the copy of a resize across cells`, () => {
      expectMissing(/hidden/, expectVerdict('legitimate', kind, changed({ hidden: true }), at));
    });

    it(`${id}: a locked instance is at most suspected: somebody protects it`, () => {
      expectMissing(/it is locked/, expectVerdict('suspected', kind, changed({ locked: true }), at));
    });

    it(`${id}: with a live row in two cells nobody knows which is the instance`, () => {
      const rows = [...zombie.rows, row({ cell: cell2, host: null, node: null, id: 9, vmState: 'active' })];
      expectMissing(/2 cells have a live row/, expectVerdict('unknown', kind, { ...zombie, rows }, at));
    });

    it(`${id}: a soft-deleted row in a second cell changes nothing`, () => {
      const rows = [...zombie.rows, deletedRow({ cell: cell2, id: 9, hidden: true })];
      expectVerdict(verdict, kind, { ...zombie, rows }, at);
    });

    it(`${id}: a resize that waits for confirm or revert leaves it unknown`, () => {
      expectVerdict('unknown', kind, { ...zombie, migrations: [migration('finished')] }, at);
    });
  }

  it('offers no ladder for what is legitimate', () => {
    const { kind, dossier: zombie } = specimen('domain-gone');
    const finding = found(kind, { ...zombie, rows: [row({ hidden: true })] }, scene());
    assert.deepEqual(finding.ladder, []);
    expectNothingOffered(finding);
  });

  it('takes an unread host that also explains it for unread: what was not read outweighs', () => {
    const { kind } = specimen('domain-of-deleted-instance');
    expectVerdict(
      'unknown',
      kind,
      dossier({ rows: [deletedRow({ deletedAt: '2026-11-23T09:55:00Z' })], domains: [domain()] }),
      scene({ hosts: silentOne }),
    );
  });
});
