import type { Planted } from '../../planted';
import { plantInstance } from '../instance';
import { addConsumer, allocate, type ConsumerType } from '../placementRows';
import type { Plot } from '../plot';
import { days, flavors, ironic, minutes, uuidOf } from '../world';

/** What Placement says that is held, and what is there. */
export function plantAllocations(plot: Plot): void {
  plantConsumers(plot);
  plantTwice(plot);
  plantNone(plot);
}

function plantConsumers(plot: Plot): void {
  plantConsumer(plot, 'allocation-of-nothing', 'INSTANCE', days(100), {
    kind: 'orphan-allocation',
    expect: 'suspected',
    mustSurvive: false,
    how: 'Placement was away during the delete; the rows were archived and purged since, the allocation stayed.',
  });
  plantConsumer(plot, 'allocation-just-made', 'INSTANCE', minutes(2), {
    expect: 'none',
    twinOf: 'allocation-of-nothing',
    mustSurvive: true,
    how: 'The scheduler has just claimed it for a build whose row no cell has yet.',
  });
  plantConsumer(plot, 'reservation', 'RESERVATION', days(100), {
    expect: 'legitimate',
    twinOf: 'allocation-of-nothing',
    mustSurvive: true,
    how: 'Another service than Nova holds it: it never was an instance.',
  });
  for (const [name, created] of [
    ['consumer-of-nothing', days(50)],
    ['consumer-just-made', 10],
  ] as const) {
    const uuid = uuidOf(`consumer ${name}`);
    addConsumer(plot, uuid, { owner: 1, created, type: 'INSTANCE' });
    const old = created > minutes(60);
    plot.planted.push({
      uuid,
      name,
      mustSurvive: true,
      ...(old
        ? { kind: 'empty-consumer', expect: 'suspected' }
        : { expect: 'none', twinOf: 'consumer-of-nothing' }),
      how: old
        ? 'A claim failed after Placement had written the consumer, in a release that left it there.'
        : 'Its allocations are being written right now.',
    });
  }
}

type Judged = Pick<Planted, 'expect' | 'kind' | 'mustSurvive' | 'how' | 'twinOf'>;

function plantConsumer(plot: Plot, name: string, type: ConsumerType, created: number, judged: Judged): void {
  const consumer = uuidOf(`consumer ${name}`);
  allocate(plot, { consumer, providers: ['compute-01'], owner: 1, created, type, flavor: flavors[0] });
  plot.planted.push({ uuid: consumer, name, ...judged });
}

function plantTwice(plot: Plot): void {
  plantInstance(plot, {
    name: 'allocated-twice',
    kind: 'double-allocation',
    expect: 'suspected',
    mustSurvive: true,
    cell: 'cell1',
    host: 'compute-02',
    vmState: 'active',
    created: days(220),
    updated: days(70),
    allocations: ['compute-01', 'compute-02'],
    migrations: [
      {
        type: 'migration',
        status: 'confirmed',
        source: 'compute-01',
        destination: 'compute-02',
        ago: days(70),
      },
    ],
    how: 'Placement was away when the migration was confirmed: the allocation on the source stayed.',
  });
  plantInstance(plot, {
    name: 'evacuated-source-down',
    also: ['instance-on-dead-host'],
    kind: 'double-allocation',
    twinOf: 'allocated-twice',
    expect: 'unknown',
    cell: 'cell2',
    host: 'compute-03',
    vmState: 'active',
    created: days(220),
    updated: days(2),
    allocations: ['compute-03', 'compute-04'],
    migrations: [
      { type: 'evacuation', status: 'done', source: 'compute-04', destination: 'compute-03', ago: days(2) },
    ],
    how: 'Was evacuated from compute-04, which is still down: its nova-compute frees the allocation when it starts.',
  });
}

function plantNone(plot: Plot): void {
  const common = { cell: 'cell1', vmState: 'active', created: days(130), allocations: [] } as const;
  plantInstance(plot, {
    ...common,
    name: 'unallocated',
    kind: 'missing-allocation',
    expect: 'suspected',
    mustSurvive: true,
    host: 'compute-01',
    how: 'Somebody ran openstack resource provider allocation delete with its UUID: its host looks emptier than it is.',
  });
  plantInstance(plot, {
    ...common,
    name: 'unallocated-while-resizing',
    kind: 'missing-allocation',
    twinOf: 'unallocated',
    expect: 'unknown',
    host: 'compute-01',
    taskState: 'resize_prep',
    updated: 5,
    how: 'Its resize begins right now, and its allocation is on the way to the migration.',
  });
  plantInstance(plot, {
    ...common,
    name: 'metal-2',
    twinOf: 'unallocated',
    expect: 'none',
    host: ironic.host,
    node: ironic.others[0] ?? null,
    how: 'A bare-metal server whose machine was handed to Nova before Placement knew it.',
  });
}
