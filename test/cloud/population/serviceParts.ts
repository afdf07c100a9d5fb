import type { Instance } from './instance';
import type { Plot } from './plot';
import { attachmentOf, volumeOf } from './rowValues';
import { isGone } from './story';
import { projects } from './world';

/** What an instance has in Neutron and Cinder: its ports, its volume and the attachment. */
export function plantServiceParts(plot: Plot, instance: Instance): void {
  // The hidden copy of a cross-cell resize has what the original has.
  if (instance.hidden === true) return;
  // Nova's delete takes the ports and the attachments along; who deletes rows by hand does not.
  if (instance.deleted === undefined && instance.lost?.includes('ports') !== true) plantPorts(plot, instance);
  if (instance.volume !== undefined && instance.lost?.includes('volume') !== true)
    plantVolume(plot, instance);
}

function plantPorts(plot: Plot, instance: Instance): void {
  for (const { id, mac, address } of instance.vifs) {
    plot.services.ports.push({
      id,
      name: '',
      device: instance.uuid,
      owner: `compute:${instance.host === null ? '' : 'nova'}`,
      project: projects[instance.owner]?.id ?? '',
      host: instance.host ?? '',
      mac,
      address,
      created: plot.date(instance.created),
    });
  }
}

function plantVolume(plot: Plot, instance: Instance): void {
  const id = volumeOf(instance);
  const attached = !isGone(instance);
  const kept = attached && instance.lost?.includes('attachment') !== true;
  plot.services.volumes.push({
    id,
    name: `${instance.name.slice(0, 240)}-data`,
    status: !attached ? 'available' : instance.host === null ? 'reserved' : 'in-use',
    sizeGib: 40,
    project: projects[instance.owner]?.id ?? '',
    created: plot.date(instance.created),
    updated: plot.date(instance.updated ?? instance.created),
  });
  if (!kept) return;
  plot.services.attachments.push({
    id: attachmentOf(id),
    volume: id,
    server: instance.uuid,
    status: instance.host === null ? 'reserved' : 'attached',
    ...(instance.host === null ? {} : { host: instance.host }),
  });
}
