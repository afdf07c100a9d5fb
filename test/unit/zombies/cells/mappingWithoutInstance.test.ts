import assert from 'node:assert/strict';
import { mappingWithoutInstance as kind } from '../../../../src/zombies/cells/mappingWithoutInstance';
import {
  daysAgo,
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
import { expectMissing, expectNone, expectVerdict, found } from '../expectations';

const left = dossier({ mapping: unmapped(), leftovers: leftIn('instance_mappings') });

describe('a mapping without an instance', () => {
  it('is confirmed when it names no cell, no cell has a row, and the build request is gone', () => {
    const { remedy, since, ladder } = expectVerdict('confirmed', kind, left, scene());
    assert.deepEqual([remedy.depth, remedy.depths, remedy.wanted], ['purge', ['purge', 'none'], true]);
    assert.equal(since, left.mapping?.createdAt);
    assert.equal(ladder[0]?.command, `nova-manage cell_v2 verify_instance --uuid ${left.uuid}`);
  });

  it('takes what the instance holds elsewhere along', () => {
    assert.equal(found(kind, { ...left, ...holdings }, scene()).remedy.manual.length, 3);
  });

  it('is suspected at the first look: one source alone shows it', () => {
    expectVerdict('suspected', kind, left, scene({ seenBefore: false }));
  });

  it('is not found while a build request waits, young or old: it is being scheduled', () => {
    for (const buildRequestedAt of [minutesAgo(1), daysAgo(9)])
      expectNone(/build request/, kind, { ...left, buildRequestedAt }, scene());
  });

  it('is not found when a cell has a row, deleted or not', () => {
    for (const each of [row(), deletedRow()])
      expectNone(/has its row/, kind, { ...left, rows: [each] }, scene());
  });

  it('is not found when the mapping names a cell, also one that is not known', () => {
    expectNone(/names a cell/, kind, { ...left, mapping: mapping() }, scene());
    expectNone(/names a cell/, kind, { ...left, mapping: mapping({ cell: null }) }, scene());
    expectNone(/no mapping/, kind, dossier({ leftovers: left.leftovers }), scene());
  });

  it('is not found where evidence does not take the row for left over', () => {
    expectNone(/nothing of it is left over in instance_mappings/, kind, { ...left, leftovers: [] }, scene());
    expectNone(/left over/, kind, { ...left, leftovers: leftIn('request_specs') }, scene());
    const ofCell = [{ database: 'c', table: 'instance_mappings', rows: 1 }];
    expectNone(/left over/, kind, { ...left, leftovers: ofCell }, scene());
  });

  it('leaves the decision to a domain or a directory of it', () => {
    expectNone(/its domain/, kind, { ...left, domains: [domain()] }, scene());
    expectNone(/its directory/, kind, { ...left, directories: [directory()] }, scene());
  });

  it('is legitimate while it is young, and unknown when nobody knows how old it is', () => {
    const young = { ...left, mapping: unmapped({ createdAt: minutesAgo(59) }) };
    expectMissing(/less than 60 minutes/, expectVerdict('legitimate', kind, young, scene()));
    const timeless = { ...left, mapping: unmapped({ createdAt: null }) };
    expectMissing(/how old/, expectVerdict('unknown', kind, timeless, scene()));
  });

  it('is unknown when Nova’s API has the instance', () => {
    expectMissing(/API has/, expectVerdict('unknown', kind, { ...left, novaApi: 'present' }, scene()));
    expectVerdict('confirmed', kind, { ...left, novaApi: 'absent' }, scene());
  });
});
