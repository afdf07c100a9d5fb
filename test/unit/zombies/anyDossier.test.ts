import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Dossier } from '../../../src/model/dossier';
import type { KindId } from '../../../src/model/kindId';
import type { Scene } from '../../../src/model/scene';
import type { Finding } from '../../../src/model/suspect';
import { explain, judgeAll } from '../../../src/zombies/judge';
import { kinds } from '../../../src/zombies/kinds';
import { anyDossier, anyScene, near, sceneOf } from './arbitraries';
import { expectNothingOffered } from './expectations';
import { specimens } from './specimens';

const final = ['confirmed', 'reverted', 'error', 'failed', 'completed', 'cancelled', 'done'];

/**
 * Somebody's machine, or address, that nothing proves to be unwanted; a repair of an instance that stays; a connection
 * that nobody can see from here; a domain of which no cell knows whose it is.
 */
const neverConfirmed: readonly KindId[] = [
  'domain-on-two-hosts',
  'domain-on-another-host',
  'domain-without-instance',
  'stuck-moving',
  'resize-unconfirmed',
  'power-state-differs',
  'directory-of-moved-instance',
  'torn-instance',
  'volume-gone',
  'stale-network-info',
  'volume-without-attachment',
  'instance-in-two-cells',
  'mapping-without-cell',
  'instance-without-mapping',
  'double-allocation',
  'missing-allocation',
  'empty-consumer',
];
/** Either row may be the instance. */
const neverSuspected: readonly KindId[] = ['instance-in-two-cells'];

/** for these a migration in progress is the thing itself */
const aboutMigrations: readonly KindId[] = ['stuck-migration', 'stuck-moving'];

function isOfInstance(id: KindId): boolean {
  return kinds.some((kind) => kind.id === id && kind.subject === 'instance');
}

function findings(dossier: Dossier, scene: Scene): readonly Finding[] {
  const suspect = judgeAll(dossier, scene, kinds);
  return suspect === undefined ? [] : [suspect, ...suspect.also];
}

function live(dossier: Dossier): Dossier['rows'] {
  return dossier.rows.filter(({ deleted }) => deleted === 0);
}

/** Hosts that the dossier names by their own names. */
function named({ rows, migrations, allocations, domains, directories }: Dossier): readonly string[] {
  const names = [
    ...rows.map((row) => row.host),
    ...migrations.flatMap(({ sourceCompute, destCompute }) => [sourceCompute, destCompute]),
    ...allocations.map(({ provider }) => provider),
    ...[...domains, ...directories].map(({ host }) => host),
  ];
  return names.flatMap((name) => name ?? []).filter((name) => name !== '');
}

function asked({ deleteActions }: Dossier): boolean {
  return deleteActions.length > 0;
}

/** A wish in the plain sense: this is what the promise names, not how the kinds find it. */
function wanted(dossier: Dossier): boolean {
  return (
    asked(dossier) ||
    dossier.projectGone ||
    live(dossier).some(
      ({ taskState, vmState }) => vmState === 'deleted' || (taskState ?? '').includes('deleting'),
    )
  );
}

function holds(promise: (finding: Finding, dossier: Dossier, scene: Scene) => void): void {
  fc.assert(
    fc.property(anyDossier, anyScene, (dossier, scene) => {
      for (const finding of findings(dossier, scene)) promise(finding, dossier, scene);
    }),
    { numRuns: 1000 },
  );
}

describe('any dossier in any scene', function () {
  this.timeout(0);

  it('is judged and explained without an error', () => {
    fc.assert(
      fc.property(anyDossier, anyScene, (dossier, scene) => {
        judgeAll(dossier, scene, kinds);
        assert.equal(explain(dossier, scene, kinds).length, kinds.length);
      }),
    );
  });

  for (const specimen of specimens) {
    const { id } = specimen.kind;
    it(`of ${id} comes out with every verdict: the promises below are not about nothing`, () => {
      const samples = fc.sample(fc.tuple(near(specimen), sceneOf(specimen)), { numRuns: 2000, seed: 1 });
      const found = new Set(
        samples.map(([dossier, scene]) => specimen.kind.judge(dossier, scene)?.verdict ?? 'none'),
      );
      for (const verdict of ['confirmed', 'suspected', 'unknown', 'legitimate'] as const) {
        const never =
          verdict === 'confirmed' ? neverConfirmed : verdict === 'suspected' ? neverSuspected : [];
        assert.equal(found.has(verdict), !never.includes(id), verdict);
      }
    });
  }

  it('is unknown when a host that is named for it is unread', () => {
    holds(({ kind, verdict }, dossier, scene) => {
      if (!isOfInstance(kind)) return;
      if (named(dossier).some((name) => scene.hosts.get(name)?.source.complete !== true)) {
        assert.equal(verdict, 'unknown');
      }
    });
  });

  it('is unknown when the API database or a cell is unread', () => {
    holds(({ verdict }, _dossier, { sources }) => {
      const unread = sources.some(
        ({ kind, complete }) => !complete && (kind === 'api-database' || kind === 'cell'),
      );
      if (unread) assert.equal(verdict, 'unknown');
    });
  });

  it('is unknown while a migration is in progress, but for the move that hangs itself', () => {
    holds(({ kind, verdict, remedy }, { migrations }) => {
      if (kind === 'stuck-moving') assert.deepEqual([remedy.domains, remedy.directories], [[], []]);
      if (!isOfInstance(kind) || aboutMigrations.includes(kind)) return;
      if (migrations.some(({ status }) => status === null || ![...final, 'finished'].includes(status))) {
        assert.equal(verdict, 'unknown');
      }
    });
  });

  it('is never confirmed for a live row without a wish to delete it', () => {
    holds(({ kind, verdict, remedy }, dossier) => {
      if (!isOfInstance(kind) || live(dossier).length === 0 || wanted(dossier)) return;
      assert.notEqual(verdict, 'confirmed');
      assert.equal(remedy.wanted, false);
    });
  });

  it('never removes a domain or a directory where the instance lives, unless its delete is wanted', () => {
    holds(({ remedy }, dossier) => {
      if (wanted(dossier)) return;
      const homes = live(dossier).map(({ host }) => host);
      for (const { host } of [...remedy.domains, ...remedy.directories]) {
        assert.ok(!homes.includes(host), host);
      }
    });
  });

  it('never stops a domain of a live instance but a stale copy beside its own, unless its delete is wanted', () => {
    holds(({ kind, remedy }, dossier) => {
      if (live(dossier).length === 0 || wanted(dossier) || remedy.domains.length === 0) return;
      const homes = live(dossier).map(({ host }) => host);
      assert.equal(kind, 'domain-on-two-hosts');
      assert.ok(dossier.domains.some(({ host }) => homes.includes(host)));
    });
  });

  it('never removes the last domain of a live instance whose delete is not under way', () => {
    holds(({ verdict, remedy }, dossier) => {
      if (live(dossier).length === 0 || wanted(dossier) || dossier.domains.length === 0) return;
      if (verdict === 'suspected') assert.ok(remedy.domains.length < dossier.domains.length);
    });
  });

  it('never purges while a cell has a row, and never marks where none has a live one', () => {
    holds(({ remedy }, dossier) => {
      if (dossier.rows.length > 0) assert.ok(!remedy.depths.includes('purge'));
      if (live(dossier).length === 0) assert.ok(!remedy.depths.includes('mark-deleted'));
    });
  });

  it('offers nothing for what is unknown or legitimate', () => {
    holds((finding) => {
      if (finding.verdict === 'unknown' || finding.verdict === 'legitimate') expectNothingOffered(finding);
      else assert.ok(finding.remedy.depths.includes(finding.remedy.depth));
    });
  });

  it('offers the depth repair exactly where there is something to repair', () => {
    holds(({ remedy }) => {
      assert.equal(remedy.depths.includes('repair'), (remedy.repairs ?? []).length > 0);
    });
  });

  it('says what is missing whenever it is not confirmed', () => {
    holds(({ verdict, missing }) => {
      if (verdict !== 'confirmed') assert.ok(missing.length > 0);
    });
  });

  it('has no word of a tenant in its texts', () => {
    holds(({ why, evidence, missing, cleared, ladder, remedy }) => {
      const texts = JSON.stringify([why, evidence, missing, cleared, ladder, remedy.manual]);
      assert.doesNotMatch(texts, /DROP TABLE|\u202e|\*\//);
    });
  });
});
