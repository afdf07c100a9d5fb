import assert from 'node:assert/strict';
import { mappingNotQueued as kind } from '../../../../src/zombies/cells/mappingNotQueued';
import { cell2, deletedRow, dossier, mapping, minutesAgo, row, scene, unmapped } from '../build';
import { expectMissing, expectNone, expectVerdict } from '../expectations';

const unqueued = dossier({ rows: [deletedRow()], mapping: mapping() });

describe('a mapping that is not queued for delete', () => {
  it('is confirmed when Nova deleted the row: one flag is set, and nothing is removed', () => {
    const { remedy, since } = expectVerdict('confirmed', kind, unqueued, scene());
    assert.deepEqual(remedy, {
      wanted: true,
      depth: 'repair',
      depths: ['repair', 'none'],
      domains: [],
      directories: [],
      manual: [],
      repairs: [{ do: 'queue-mapping' }],
    });
    assert.equal(since, unqueued.rows[0]?.deletedAt);
  });

  it('tries the archive and the online migrations first', () => {
    const { ladder } = expectVerdict('confirmed', kind, unqueued, scene());
    assert.deepEqual(
      ladder.map(({ command }) => command),
      ['nova-manage db archive_deleted_rows --all-cells', 'nova-manage db online_data_migrations', undefined],
    );
  });

  it('is not found when it is queued, not there, or when the instance lives', () => {
    expectNone(/is queued/, kind, { ...unqueued, mapping: mapping({ queuedForDelete: true }) }, scene());
    expectNone(/no mapping/, kind, dossier({ rows: [deletedRow()] }), scene());
    expectNone(/live row/, kind, { ...unqueued, rows: [row()] }, scene());
    expectNone(/live row/, kind, { ...unqueued, rows: [deletedRow(), row({ cell: cell2 })] }, scene());
    expectNone(/no cell has/, kind, { ...unqueued, rows: [] }, scene());
  });

  it('is legitimate while the delete is young: the API sets the flag after it', () => {
    const young = { ...unqueued, rows: [deletedRow({ deletedAt: minutesAgo(5) })] };
    const finding = expectVerdict('legitimate', kind, young, scene());
    expectMissing(/less than 30 minutes/, finding);
    assert.equal(finding.young, true);
    const timeless = { ...unqueued, rows: [deletedRow({ deletedAt: null })] };
    expectMissing(/how old/, expectVerdict('unknown', kind, timeless, scene()));
  });

  it('is not legitimate for its age alone when it is to be kept as well', () => {
    const young = { ...unqueued, rows: [deletedRow({ deletedAt: minutesAgo(5) })] };
    const keep = {
      scope: 'instance',
      id: young.uuid,
      reason: 'evidence',
      author: 'ops',
      since: minutesAgo(5),
    } as const;
    assert.equal(expectVerdict('legitimate', kind, young, scene({ keeps: [keep] })).young, undefined);
  });

  it('is unknown when the deleted row is in another cell than the mapping names, or is a hidden copy', () => {
    for (const twin of [
      { ...unqueued, rows: [deletedRow({ cell: cell2 })] },
      { ...unqueued, rows: [deletedRow({ hidden: true })] },
      { ...unqueued, mapping: unmapped() },
    ])
      expectMissing(/hidden copy/, expectVerdict('unknown', kind, twin, scene()));
  });

  it('is unknown when Nova’s API has the instance', () => {
    expectMissing(/API has/, expectVerdict('unknown', kind, { ...unqueued, novaApi: 'present' }, scene()));
  });
});
