import assert from 'node:assert/strict';
import { draft } from '../../../src/cleanup/draft';
import { parse } from '../../../src/cleanup/parse';
import { staleness } from '../../../src/execution/staleness';
import { isWeighty, removesInstance } from '../../../src/execution/weight';
import type { DraftSubject } from '../../../src/model/content';
import type { OperatorError } from '../../../src/model/errors';
import type { Section } from '../../../src/model/plan';
import type { RowRepair } from '../../../src/model/rowRepair';
import type { Suspect } from '../../../src/model/suspect';
import { summarize } from '../../../src/vscode/plan/summary';
import {
  deletedContent,
  endMigration,
  finishDelete,
  forgetVolume,
  mapToCell,
  moveRow,
  queueMapping,
  removeRows,
  repaired,
  unmapped,
} from '../cleanup/repairs';
import { apiContent, cell2, cellContent, inputOf, orphans, remedy } from '../cleanup/subjects';

const onMapping = repaired([queueMapping], [apiContent, deletedContent]);
const onDeleted = repaired([finishDelete, removeRows('tags')], [deletedContent]);
const onLive = repaired([endMigration, forgetVolume], [cellContent]);
const unplaced = repaired([mapToCell], [unmapped, cellContent]);
const moving = repaired([moveRow], [cellContent]);

function sectionOf(subject: DraftSubject, word = ''): Section {
  const [section] = parse(draft(inputOf(subject)).text.replace('typed=""', `typed="${word}"`)).sections;
  assert.ok(section);
  return section;
}

function fresh({ suspect }: DraftSubject, repairs: readonly RowRepair[]): Suspect {
  return { ...suspect, remedy: { ...suspect.remedy, repairs } };
}

describe('a repair before its run', () => {
  const isStale = (error: OperatorError | undefined): void => assert.equal(error?.code, 'stale-evidence');

  it('may run while the fresh look asks for the same', () => {
    for (const subject of [onMapping, onDeleted, onLive, unplaced]) {
      assert.equal(staleness(sectionOf(subject), subject.suspect), undefined);
    }
  });

  it('may do less than the fresh look asks for', () => {
    const { repairs = [] } = onLive.suspect.remedy;
    assert.equal(staleness(sectionOf(onLive), fresh(onLive, [...repairs, finishDelete])), undefined);
  });

  it('is stale when the fresh look asks for another one, or for none', () => {
    isStale(staleness(sectionOf(onMapping), fresh(onMapping, [])));
    isStale(staleness(sectionOf(onDeleted), fresh(onDeleted, [finishDelete])));
    isStale(staleness(sectionOf(unplaced), fresh(unplaced, [{ do: 'map-to-cell', cell: cell2 }])));
    isStale(staleness(sectionOf(onDeleted), fresh(onDeleted, [finishDelete, removeRows('pci_devices')])));
    isStale(staleness(sectionOf(onLive), fresh(onLive, [endMigration])));
    for (const other of [{ id: 13 }, { status: 'error' }, { cell: cell2 }]) {
      const changed = { ...endMigration, ...other } as RowRepair;
      isStale(staleness(sectionOf(onLive), fresh(onLive, [changed, forgetVolume])));
    }
    const none = { ...remedy, depths: ['repair' as const] };
    isStale(staleness(sectionOf(onLive), { ...onLive.suspect, remedy: none }));
  });

  it('says which statement has lost its reason', () => {
    const error = staleness(sectionOf(onLive), fresh(onLive, [endMigration]));
    assert.match(error?.message ?? '', /repairs nothing .*UPDATE nova_cell1\.block_device_mapping WHERE/);
  });

  it('is stale when another depth is offered', () => {
    isStale(
      staleness(sectionOf(onDeleted), {
        ...onDeleted.suspect,
        remedy: { ...onDeleted.suspect.remedy, depths: ['none'] },
      }),
    );
  });
});

describe('a row that is marked as deleted', () => {
  it('needs the typed word where nobody is known to have wanted the instance gone', () => {
    const unwanted = (subject: DraftSubject): Suspect => ({
      ...subject.suspect,
      remedy: { ...subject.suspect.remedy, wanted: false },
    });
    assert.equal(staleness(sectionOf(onDeleted), unwanted(onDeleted))?.code, 'plan-refused');
    for (const subject of [onMapping, onLive]) {
      assert.equal(staleness(sectionOf(subject), unwanted(subject)), undefined);
    }
  });
});

describe('a row that moves', () => {
  it('needs the typed word, however sure it is that it is wanted', () => {
    const error = staleness(sectionOf(moving), moving.suspect);
    assert.equal(error?.code, 'plan-refused');
    assert.match(error.message, /Two machines that write to one disk/);
    assert.equal(staleness(sectionOf(moving, '0a2d1bf7'), moving.suspect), undefined);
  });

  it('goes where the fresh look saw the domain, and nowhere else', () => {
    for (const other of [{ host: 'compute-04' }, { node: 'x' }, { from: 'compute-01' }]) {
      const elsewhere = { ...moveRow, ...other } as RowRepair;
      assert.equal(
        staleness(sectionOf(moving, '0a2d1bf7'), fresh(moving, [elsewhere]))?.code,
        'stale-evidence',
      );
    }
    const known = { ...moveRow, computeId: 12 } as RowRepair;
    assert.equal(staleness(sectionOf(moving, '0a2d1bf7'), fresh(moving, [known])), undefined);
  });

  it('counts to the cap, unlike every other repair', () => {
    const weighty = (subject: DraftSubject): boolean => isWeighty(sectionOf(subject));
    assert.ok(weighty(moving));
    for (const light of [onMapping, onDeleted, onLive, repaired([removeRows('tags')], [orphans])]) {
      assert.ok(!weighty(light));
      assert.ok(!removesInstance(sectionOf(light)));
    }
    assert.ok(!removesInstance(sectionOf(moving)));
  });

  it('is more than rows to the operator who is asked', () => {
    assert.equal(summarize([sectionOf(moving)]).rowsOnly, false);
    assert.equal(summarize([sectionOf(onDeleted), sectionOf(onMapping)]).rowsOnly, true);
    assert.deepEqual([...summarize([sectionOf(onMapping)]).rows], [['nova_api', 1]]);
  });
});
