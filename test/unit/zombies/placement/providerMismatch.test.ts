import assert from 'node:assert/strict';
import type { Dossier } from '../../../../src/model/dossier';
import type { ResourceProvider } from '../../../../src/model/facts';
import { providerMismatch as kind } from '../../../../src/zombies/placement/providerMismatch';
import { cell1, daysAgo, dossier, minutesAgo, otherUuid, provider, scene, uuid } from '../build';
import { expectMissing, expectNone, expectVerdict } from '../expectations';

function of(facts: Partial<ResourceProvider> = {}): Dossier {
  return dossier({ provider: provider(facts) });
}

describe('a resource provider that fits no node', () => {
  it('is confirmed when the node of its name has another UUID, and nothing is on it', () => {
    const { remedy, ladder, why, evidence } = expectVerdict('confirmed', kind, of(), scene());
    assert.match(why, /compute-01\.example\.org/);
    assert.deepEqual(
      evidence.map(({ source }) => source),
      ['placement'],
    );
    const commands = [`openstack resource provider delete ${uuid}`, 'systemctl restart nova-compute'];
    assert.deepEqual(
      ladder.map(({ command }) => command),
      commands,
    );
    assert.deepEqual(
      remedy.manual.map(({ command, api }) => [command, api]),
      commands.map((command) => [command, undefined]),
    );
    assert.deepEqual([remedy.depth, remedy.depths, remedy.wanted], ['none', ['none'], false]);
  });

  it('is about a resource provider', () => {
    assert.equal(kind.subject, 'resource-provider');
  });

  it('is suspected at the first look', () => {
    expectVerdict('suspected', kind, of(), scene({ seenBefore: false }));
  });

  it('is suspected while consumers hold something on it, and shows them first', () => {
    const finding = expectVerdict('suspected', kind, of({ consumers: 3 }), scene({ apis: true }));
    expectMissing(/3 consumers/, finding);
    assert.deepEqual(
      finding.remedy.manual.map(({ command, api }) => [command, api]),
      [
        [`openstack resource provider show --allocations ${uuid}`, undefined],
        [`openstack resource provider delete ${uuid}`, undefined],
        ['systemctl restart nova-compute', undefined],
      ],
    );
  });

  it('is suspected where only Placement’s API was read, and says that it changed a short time ago', () => {
    const { name, consumers, namesakes } = provider();
    const byApi = (changedAt: string): Dossier =>
      dossier({ provider: { name, consumers, namesakes, changedAt } });
    const young = expectVerdict('suspected', kind, byApi(minutesAgo(5)), scene());
    expectMissing(/does not tell/, young);
    const { evidence, since } = expectVerdict('confirmed', kind, byApi(daysAgo(3)), scene());
    assert.equal(since, daysAgo(3));
    assert.match(evidence[0]?.text ?? '', /last changed/);
    const timeless = dossier({ provider: { name, consumers, namesakes } });
    expectMissing(/how old/, expectVerdict('unknown', kind, timeless, scene()));
  });

  it('is suspected when no node has its name: a rename, or another service', () => {
    expectMissing(/renamed/, expectVerdict('suspected', kind, of({ namesakes: [] }), scene()));
  });

  it('is not found when a compute node has its UUID, one of another name included', () => {
    expectNone(/has its UUID/, kind, of({ namesakes: [otherUuid, uuid] }), scene());
    expectNone(/no resource provider/, kind, dossier(), scene());
  });

  it('is legitimate while it is young, and unknown when nobody knows how old it is', () => {
    expectVerdict('legitimate', kind, of({ createdAt: minutesAgo(5) }), scene());
    const timeless = { name: 'compute-01.example.org', consumers: 0, namesakes: [otherUuid] };
    expectMissing(/how old/, expectVerdict('unknown', kind, dossier({ provider: timeless }), scene()));
  });

  it('is unknown when a cell, the API database or Placement did not answer: the node may be there', () => {
    for (const unread of [`cell:${cell1}`, 'api-database', 'placement'])
      expectVerdict('unknown', kind, of(), scene({ unread: [unread] }));
  });

  it('is legitimate when it is marked to be kept', () => {
    const keeps = [
      { scope: 'instance', id: uuid, reason: 'rename', author: 'ops', since: daysAgo(1) },
    ] as const;
    expectVerdict('legitimate', kind, of(), scene({ keeps }));
  });
});
