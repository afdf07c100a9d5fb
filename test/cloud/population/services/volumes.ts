import type { Plot } from '../plot';
import { plantInstance } from '../instance';
import { attachmentOf, volumeOf } from '../rowValues';
import type { AttachmentPlan, VolumePlan } from '../servicePlans';
import { days, minutes, projects, uuidOf } from '../world';

/** Volumes that Cinder says are attached, and to whom. */
export function plantVolumes(plot: Plot): void {
  plantAttachments(plot);
  plantStatuses(plot);
  plantUsed(plot);
}

function plantAttachments(plot: Plot): void {
  const gone = uuidOf('server of an attachment');
  attach(plot, volume(plot, 'attached-to-nothing', 'in-use', days(120)), gone, 'attached');
  plot.planted.push({
    uuid: gone,
    name: 'attached-to-nothing',
    kind: 'orphan-attachment',
    expect: 'suspected',
    mustSurvive: false,
    how: 'Cinder was down during the delete; the rows of the instance are purged since, its volume is attached to this day.',
  });
  // Has its build request only: Nova reserves volumes first (nova/compute/api.py, _validate_bdm, Zed).
  attach(
    plot,
    volume(plot, 'reserved-for-a-build', 'reserved', 10),
    uuidOf('instance build-requested'),
    'reserved',
  );
}

function plantStatuses(plot: Plot): void {
  const name = 'in-use-by-nobody';
  plot.planted.push({
    uuid: volume(plot, name, 'in-use', days(35)),
    name,
    kind: 'volume-without-attachment',
    expect: 'suspected',
    mustSurvive: true,
    how: 'Its attachment was deleted by hand; the status says in-use, and nobody can attach or delete the volume.',
  });
  for (const [twin, status, age, how] of [
    ['reserved-just-now', 'reserved', minutes(1), 'Is being attached right now.'],
    ['waits-for-use', 'available', days(35), 'Is free, and says so.'],
  ] as const) {
    plot.planted.push({
      uuid: volume(plot, twin, status, age),
      name: twin,
      how,
      expect: 'none',
      twinOf: name,
      mustSurvive: true,
    });
  }
}

/** The instance works on: Nova looks at its own block devices, and not at Cinder. */
function plantUsed(plot: Plot): void {
  const instance = plantInstance(plot, {
    name: 'volume-still-used',
    twinOf: 'in-use-by-nobody',
    expect: 'none',
    mustSurvive: true,
    cell: 'cell1',
    host: 'compute-01',
    vmState: 'active',
    created: days(200),
    updated: days(35),
    volume: 'data',
    lost: ['attachment'],
    how: 'Its volume’s attachment was deleted by hand in Cinder, and the instance writes to the volume all the same.',
  });
  plot.planted.push({
    uuid: volumeOf(instance),
    name: 'volume-still-used-data',
    kind: 'volume-without-attachment',
    twinOf: 'in-use-by-nobody',
    expect: 'unknown',
    mustSurvive: true,
    how: 'Its attachment was deleted by hand; Nova has it as a block device of an instance, which writes to it.',
  });
}

/** Gives its UUID. */
function volume(plot: Plot, name: string, status: VolumePlan['status'], updated: number): string {
  const id = uuidOf(`volume ${name}`);
  plot.services.volumes.push({
    id,
    name,
    status,
    sizeGib: 20,
    project: projects[0]?.id ?? '',
    created: plot.date(updated + days(30)),
    updated: plot.date(updated),
  });
  return id;
}

function attach(plot: Plot, volumeId: string, server: string, status: AttachmentPlan['status']): void {
  plot.services.attachments.push({ id: attachmentOf(volumeId), volume: volumeId, server, status });
}
