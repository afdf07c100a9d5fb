import { plantInstance, type Instance } from '../instance';
import type { Plot } from '../plot';
import type { Story } from '../story';
import { days, minutes, uuidOf } from '../world';

/** What still names an instance that Nova deleted, and keeps its rows from being archived, or a device from being used. */
export function plantRowsOfDeleted(plot: Plot): void {
  plantLiveRows(plot);
  plantFixedIps(plot);
  plantPciDevices(plot);
  if (plot.has('nova_cell1', 'share_mapping')) plantShares(plot);
}

const deleted = {
  cell: 'cell1',
  host: 'compute-01',
  vmState: 'deleted',
  created: days(400),
  deleted: days(90),
} as const satisfies Partial<Story>;
const live = {
  cell: 'cell1',
  host: 'compute-01',
  vmState: 'active',
  created: days(400),
  expect: 'none',
} as const satisfies Partial<Story>;

function plantLiveRows(plot: Plot): void {
  plantInstance(plot, {
    ...deleted,
    name: 'children-left-live',
    kind: 'live-rows-of-deleted-instance',
    expect: 'confirmed',
    leftLive: ['instance_system_metadata', 'block_device_mapping'],
    how: 'Was marked as deleted by a script that knew two of the ten tables: the archive fails on it.',
  });
  plantInstance(plot, {
    ...deleted,
    name: 'actions-kept',
    twinOf: 'children-left-live',
    expect: 'none',
    how: 'Was deleted by Nova, which keeps the actions as they are on purpose.',
  });
}

function plantFixedIps(plot: Plot): void {
  const fixedIp = ({ uuid, id }: Instance): void => {
    plot.add('nova_cell1', 'fixed_ips', {
      created_at: plot.at(days(1500)),
      address: `10.0.0.${id % 250}`,
      allocated: 0,
      leased: 0,
      reserved: 0,
      instance_uuid: uuid,
      deleted: 0,
    });
  };
  fixedIp(
    plantInstance(plot, {
      ...deleted,
      name: 'named-by-fixed-ip',
      kind: 'legacy-rows',
      expect: 'confirmed',
      how: 'Is of the days of nova-network: fixed_ips still names it, and the archive does not know that table any more.',
    }),
  );
  fixedIp(
    plantInstance(plot, {
      ...live,
      name: 'alive-with-fixed-ip',
      twinOf: 'named-by-fixed-ip',
      how: 'Is as old, and alive.',
    }),
  );
}

function plantPciDevices(plot: Plot): void {
  const node = plot.rows
    .get('nova_cell1')
    ?.get('compute_nodes')
    ?.find(({ host }) => host === 'compute-01');
  const hold = ({ uuid, id }: Instance, updated: number): void => {
    plot.add('nova_cell1', 'pci_devices', {
      created_at: plot.at(days(400)),
      updated_at: plot.at(updated),
      deleted: 0,
      compute_node_id: node?.id ?? null,
      address: `0000:81:00.${id % 8}`,
      product_id: '1db6',
      vendor_id: '10de',
      dev_type: 'type-PCI',
      dev_id: `pci_0000_81_00_${id % 8}`,
      label: 'label_10de_1db6',
      status: 'allocated',
      extra_info: '{}',
      instance_uuid: uuid,
      request_id: uuidOf(`pci request ${uuid}`),
      numa_node: 0,
      uuid: uuidOf(`pci device ${uuid}`),
    });
  };
  hold(
    plantInstance(plot, {
      ...deleted,
      name: 'holds-a-gpu',
      kind: 'pci-device-held',
      expect: 'confirmed',
      how: 'Was deleted while compute-01 was down (local delete): its GPU is allocated to it to this day.',
    }),
    days(100),
  );
  hold(
    plantInstance(plot, { ...live, name: 'uses-a-gpu', twinOf: 'holds-a-gpu', how: 'Uses its GPU.' }),
    days(300),
  );
  hold(
    plantInstance(plot, {
      ...deleted,
      name: 'frees-a-gpu',
      twinOf: 'holds-a-gpu',
      expect: 'none',
      deleted: minutes(1),
      how: 'Was deleted a minute ago: nova-compute frees its GPU next.',
    }),
    days(300),
  );
}

function plantShares(plot: Plot): void {
  const share = ({ uuid }: Instance): void => {
    plot.add('nova_cell1', 'share_mapping', {
      created_at: plot.at(days(300)),
      uuid: uuidOf(`share mapping ${uuid}`),
      instance_uuid: uuid,
      share_id: uuidOf(`share ${uuid}`),
      status: 'active',
      tag: uuidOf(`share ${uuid}`),
      export_location: '10.0.0.10:/share',
      share_proto: 'NFS',
    });
  };
  share(
    plantInstance(plot, {
      ...deleted,
      name: 'names-a-share',
      kind: 'share-left-behind',
      expect: 'confirmed',
      how: 'Manila was away when it was deleted; share_mapping has no shadow table, and its foreign key stops the archive.',
    }),
  );
  share(
    plantInstance(plot, { ...live, name: 'uses-a-share', twinOf: 'names-a-share', how: 'Uses its share.' }),
  );
}
