import assert from 'node:assert/strict';
import { sightingKey } from '../../../../src/model/scene';
import { orphanAttachment } from '../../../../src/zombies/services/orphanAttachment';
import { cell1, deletedRow, dossier, leftovers, minutesAgo, scene } from '../build';
import { expectMissing, expectVerdict, found } from '../expectations';
import { attachment, attachmentId } from '../things';

const orphan = dossier({ rows: [deletedRow()], novaApi: 'absent', attachments: [attachment()] });

describe('orphan attachment', () => {
  it('is a request where the cloud has its APIs, and a command in any case', () => {
    const [step] = found(orphanAttachment, orphan, scene({ apis: true })).remedy.manual;
    assert.deepEqual(step?.api, { do: 'delete-attachment', id: attachmentId });
    assert.match(step.command, new RegExp(`3\\.27 volume attachment delete ${attachmentId}$`));
    assert.equal(found(orphanAttachment, orphan, scene()).remedy.manual[0]?.api, undefined);
  });

  it('is suspected when its volume is multiattach: others may use it', () => {
    const several = { ...orphan, attachments: [attachment(), attachment({ multiattach: true })] };
    expectMissing(/attached to several/, expectVerdict('suspected', orphanAttachment, several, scene()));
  });

  it('may be that of an instance on its way, until it was seen for long', () => {
    const unheard = { ...orphan, rows: [], leftovers };
    const seen = (minutes: number): ReturnType<typeof scene> => {
      const first = minutesAgo(minutes);
      const sighting = { first, last: minutesAgo(0), count: 2 };
      return { ...scene(), sightings: new Map([[sightingKey(orphan.uuid, 'orphan-attachment'), sighting]]) };
    };
    expectMissing(/on its way/, found(orphanAttachment, unheard, seen(30)));
    expectMissing(/on its way/, found(orphanAttachment, unheard, scene({ seenBefore: false })));
    const long = found(orphanAttachment, unheard, seen(90));
    assert.ok(long.missing.every((line) => !line.includes('on its way')));
    expectVerdict('confirmed', orphanAttachment, orphan, seen(30));
    expectVerdict('confirmed', orphanAttachment, { ...orphan, rows: [], shadowCells: [cell1] }, seen(30));
  });
});
