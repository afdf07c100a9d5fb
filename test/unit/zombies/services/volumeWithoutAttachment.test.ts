import assert from 'node:assert/strict';
import type { Volume } from '../../../../src/model/facts';
import { volumeWithoutAttachment } from '../../../../src/zombies/services/volumeWithoutAttachment';
import { cell1, dossier, minutesAgo, scene, uuid } from '../build';
import { expectMissing, expectNone, expectVerdict } from '../expectations';
import { volume, volumeId } from '../things';

function having(facts: Partial<Volume>): ReturnType<typeof dossier> {
  return dossier({ volume: volume(facts) });
}

describe('volume without its attachment', () => {
  it('is never more than suspected: whether a host has it connected cannot be seen', () => {
    for (const status of ['in-use', 'reserved', 'attaching', 'detaching']) {
      const finding = expectVerdict('suspected', volumeWithoutAttachment, having({ status }), scene());
      expectMissing(/look on the hosts first/, finding);
      assert.match(finding.ladder[0]?.title ?? '', /^prove that no host has it connected/);
      assert.deepEqual(
        finding.remedy.manual.map(({ command, api }) => [command, api]),
        [[`openstack volume set --state available ${uuid}`, undefined]],
      );
    }
  });

  it('is not found in a status that asks for none, or with attachments', () => {
    for (const status of ['available', 'error', 'creating', 'backing-up', 'awaiting-transfer']) {
      expectNone(/asks for no attachment/, volumeWithoutAttachment, having({ status }), scene());
    }
    expectNone(/has its attachments: 1/, volumeWithoutAttachment, having({ attachments: 1 }), scene());
    expectNone(/no volume/, volumeWithoutAttachment, dossier(), scene());
  });

  it('is legitimate while a boot or an attach may still be in progress', () => {
    const young = having({ status: 'attaching', updatedAt: minutesAgo(5) });
    expectMissing(/may be under way/, expectVerdict('legitimate', volumeWithoutAttachment, young, scene()));
  });

  it('tells that its age is not known', () => {
    const finding = expectVerdict('suspected', volumeWithoutAttachment, having({ updatedAt: '' }), scene());
    expectMissing(/how old/, finding);
  });

  it('is unknown while a live block device of Nova names it', () => {
    const used = (id: string): ReturnType<typeof dossier> => ({
      ...having({}),
      volumes: [{ cell: cell1, volumeId: id, attachmentId: null }],
    });
    expectMissing(/may be writing/, expectVerdict('unknown', volumeWithoutAttachment, used(uuid), scene()));
    expectVerdict('suspected', volumeWithoutAttachment, used(volumeId), scene());
  });
});
