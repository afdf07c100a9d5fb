import assert from 'node:assert/strict';
import type { Volume } from '../../../../src/model/facts';
import { volumeWithoutAttachment } from '../../../../src/zombies/services/volumeWithoutAttachment';
import { cell1, cell2, dossier, minutesAgo, otherUuid, scene, uuid } from '../build';
import { expectMissing, expectNone, expectVerdict, found } from '../expectations';
import { volume } from '../things';

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
    const used = { ...having({}), volumeUsers: [{ cell: cell1, instance: otherUuid }] };
    const finding = expectVerdict('unknown', volumeWithoutAttachment, used, scene());
    expectMissing(new RegExp(`block device of ${otherUuid}`), finding);
    assert.match(found(volumeWithoutAttachment, having({}), scene()).cleared.join(), /names it, in any cell/);
  });

  it('is unknown while a cell is unread, which may have such a block device', () => {
    const unread = scene({ unread: [`cell:${cell2}`] });
    expectVerdict('unknown', volumeWithoutAttachment, having({}), unread);
  });
});
