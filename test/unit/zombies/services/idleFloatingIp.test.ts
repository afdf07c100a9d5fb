import assert from 'node:assert/strict';
import type { FloatingIp } from '../../../../src/model/facts';
import { idleFloatingIp } from '../../../../src/zombies/services/idleFloatingIp';
import { dossier, minutesAgo, otherUuid, scene, uuid } from '../build';
import { expectMissing, expectNone, expectVerdict } from '../expectations';
import { floatingIp, portId } from '../things';

function having(facts: Partial<FloatingIp>): ReturnType<typeof dossier> {
  return dossier({ floatingIp: floatingIp(facts) });
}

const dangling = having({ portId, portGone: true });

describe('idle floating IP', () => {
  it('is suspected without a port, and nothing is drafted: a project may pay for it', () => {
    const { remedy, missing } = expectVerdict('suspected', idleFloatingIp, having({}), scene());
    assert.match(missing[0] ?? '', /pay for it/);
    assert.deepEqual([remedy.manual, remedy.depths, remedy.wanted], [[], ['none'], false]);
  });

  it('is confirmed when its port is gone, and is unset, not released', () => {
    const { remedy } = expectVerdict('confirmed', idleFloatingIp, dangling, scene({ apis: true }));
    assert.deepEqual(
      remedy.manual.map(({ command, api }) => [command, api]),
      [[`openstack floating ip unset --port ${uuid}`, undefined]],
    );
  });

  it('is not found while its port exists, whatever is behind it', () => {
    expectNone(/port that exists/, idleFloatingIp, having({ portId }), scene());
    expectNone(/port that exists/, idleFloatingIp, having({ portId, instance: otherUuid }), scene());
    expectNone(/no floating IP/, idleFloatingIp, dossier(), scene());
  });

  it('is legitimate when it is new, suspected when nobody knows its age', () => {
    const young = having({ portId, portGone: true, createdAt: minutesAgo(5) });
    expectMissing(/may be under way/, expectVerdict('legitimate', idleFloatingIp, young, scene()));
    const ageless = having({ portId, portGone: true, createdAt: '' });
    expectVerdict('suspected', idleFloatingIp, ageless, scene());
  });

  it('is legitimate when its project is marked to be kept', () => {
    const keep = { scope: 'project', id: 'd3b1', reason: 'theirs', author: 'ann', since: '' } as const;
    expectVerdict('legitimate', idleFloatingIp, dangling, scene({ keeps: [keep] }));
  });

  it('is suspected at the first look: Neutron alone shows it', () => {
    const finding = expectVerdict('suspected', idleFloatingIp, dangling, scene({ seenBefore: false }));
    expectMissing(/scan again/, finding);
  });
});
