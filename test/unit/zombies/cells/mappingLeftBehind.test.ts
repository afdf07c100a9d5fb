import assert from 'node:assert/strict';
import { mappingLeftBehind as kind } from '../../../../src/zombies/cells/mappingLeftBehind';
import {
  cell,
  cell1,
  daysAgo,
  deleteAction,
  deletedRow,
  directory,
  domain,
  dossier,
  holdings,
  leftIn,
  mapping,
  minutesAgo,
  row,
  scene,
  unmapped,
} from '../build';
import { expectMissing, expectNone, expectVerdict, found, glimpseOf } from '../expectations';

const left = dossier({ mapping: mapping({ queuedForDelete: true }), leftovers: leftIn('instance_mappings') });

describe('a mapping that was left behind', () => {
  it('is confirmed when it was queued for delete and no cell has a row: only the mapping is left', () => {
    const { remedy, ladder } = expectVerdict('confirmed', kind, left, scene());
    assert.deepEqual([remedy.depth, remedy.depths, remedy.wanted], ['purge', ['purge', 'none'], true]);
    assert.match(ladder[0]?.command ?? '', /verify_instance --uuid/);
    assert.equal(kind.candidate(glimpseOf(left), scene()), true);
  });

  it('is no candidate with a live row, nor with other rows alone', () => {
    assert.equal(kind.candidate(glimpseOf({ ...left, rows: [row()] }), scene()), false);
    assert.equal(kind.candidate(glimpseOf({ ...left, leftovers: leftIn('request_specs') }), scene()), false);
  });

  it('is confirmed when it is archived, or a delete was asked', () => {
    const quiet = { ...left, mapping: mapping() };
    expectVerdict('confirmed', kind, { ...quiet, shadowCells: [cell1] }, scene());
    expectVerdict('confirmed', kind, { ...quiet, deleteActions: [deleteAction(daysAgo(9))] }, scene());
  });

  it('is suspected when nothing shows that it was ever deleted', () => {
    const quiet = { ...left, mapping: mapping() };
    expectMissing(/ever deleted/, expectVerdict('suspected', kind, quiet, scene()));
  });

  it('is unknown when the cell of its mapping may be another database than Nova’s', () => {
    const cells = new Map([[cell1, cell('cell1', { missing: 40 })]]);
    const quiet = { ...left, mapping: mapping() };
    expectMissing(/right database/, expectVerdict('unknown', kind, quiet, scene({ cells })));
  });

  it('is unknown when its cell is gone from cell_mappings', () => {
    const gone = { ...left, mapping: mapping({ cell: null, cellId: 9, queuedForDelete: true }) };
    expectMissing(/names cell 9/, expectVerdict('unknown', kind, gone, scene()));
  });

  it('is not found when the mapping names no cell, or is not there', () => {
    expectNone(/names no cell/, kind, { ...left, mapping: unmapped() }, scene());
    expectNone(/no mapping/, kind, dossier({ leftovers: left.leftovers }), scene());
  });

  it('is not found when a cell has a row, deleted or not: the archive takes both', () => {
    for (const each of [row(), deletedRow()])
      expectNone(/has its row/, kind, { ...left, rows: [each] }, scene());
  });

  it('is not judged while a build request waits', () => {
    expectVerdict('legitimate', kind, { ...left, buildRequestedAt: minutesAgo(1) }, scene());
    expectVerdict('unknown', kind, { ...left, buildRequestedAt: daysAgo(1) }, scene());
  });

  it('is unknown when Nova’s API has the instance', () => {
    expectMissing(/API has/, expectVerdict('unknown', kind, { ...left, novaApi: 'present' }, scene()));
  });

  it('leaves the decision to a domain or a directory of it', () => {
    expectNone(/its domain/, kind, { ...left, domains: [domain()] }, scene());
    expectNone(/its directory/, kind, { ...left, directories: [directory()] }, scene());
  });

  it('takes what the instance holds elsewhere along', () => {
    assert.equal(found(kind, { ...left, ...holdings }, scene()).remedy.manual.length, 3);
  });
});
