import assert from 'node:assert/strict';
import { emptyConsumer as kind } from '../../../../src/zombies/placement/emptyConsumer';
import { allocation, consumer, dossier, minutesAgo, scene, uuid } from '../build';
import { expectMissing, expectNone, expectVerdict } from '../expectations';

const empty = dossier({ consumer: consumer({ allocations: 0 }) });

describe('an empty consumer', () => {
  it('is suspected, and nothing is run: it does no harm', () => {
    const { remedy, ladder, missing } = expectVerdict('suspected', kind, empty, scene());
    assert.match(missing.join(), /does no harm/);
    assert.deepEqual([remedy.depth, remedy.depths, remedy.manual], ['none', ['none'], []]);
    assert.deepEqual(
      ladder.map(({ command }) => command),
      [`openstack resource provider allocation show ${uuid}`],
    );
  });

  it('is not found with allocations, whichever fact tells of them, or when Placement does not know it', () => {
    expectNone(/has allocations/, kind, { ...empty, consumer: consumer({ allocations: 1 }) }, scene());
    expectNone(/has allocations/, kind, { ...empty, allocations: [allocation('compute-01')] }, scene());
    expectNone(/does not know it/, kind, dossier(), scene());
  });

  it('is legitimate while it is young: Placement makes the consumer before what it holds', () => {
    const young = { ...empty, consumer: consumer({ allocations: 0, createdAt: minutesAgo(1) }) };
    expectMissing(/less than 60 minutes/, expectVerdict('legitimate', kind, young, scene()));
  });

  it('is unknown when nobody knows how old it is', () => {
    expectVerdict('unknown', kind, dossier({ consumer: { allocations: 0 } }), scene());
  });

  it('is unknown when Placement did not answer completely', () => {
    expectVerdict('unknown', kind, empty, scene({ unread: ['placement'] }));
  });
});
