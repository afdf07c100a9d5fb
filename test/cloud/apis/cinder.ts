import type { AttachmentPlan, ServicePlans, VolumePlan } from '../population/servicePlans';
import { Refusal, type Asked, type Routes } from './http';
import { collection, pageOf } from './pages';

/** Nova as Cinder asks it: does the server have the volume by this attachment? */
export type HasAttachment = (server: string, attachment: string) => Promise<boolean>;

/** Cinder's API v3: volumes and attachments (block storage API v3). */
export class Cinder {
  private volumes = new Map<string, VolumePlan>();
  private attachments = new Map<string, AttachmentPlan>();

  constructor(private readonly novaHas: HasAttachment) {}

  reset({ volumes, attachments }: ServicePlans): void {
    this.volumes = new Map(volumes.map((volume) => [volume.id, volume]));
    this.attachments = new Map(attachments.map((attachment) => [attachment.id, attachment]));
  }

  readonly routes: Routes = {
    // cinder/api/versions.py, Zed: the list, with 300
    'GET /volume/v3/': () => ({
      status: 300,
      body: { versions: [{ id: 'v3.0', status: 'CURRENT', version: '3.70', min_version: '3.0', links: [] }] },
    }),
    'GET /volume/v3/:project/volumes/detail': (asked) => {
      const newestFirst = [...this.volumes.values()].sort(
        (a, b) => b.created.getTime() - a.created.getTime(),
      );
      const page = pageOf(asked, newestFirst, ({ id }) => id);
      return { body: collection('volumes', { ...page, items: page.items.map((each) => this.view(each)) }) };
    },
    'GET /volume/v3/:project/volumes/:id': (asked) => ({ body: { volume: this.view(this.volume(asked)) } }),
    'POST /volume/v3/:project/volumes/:id/action': (asked) => {
      const volume = this.volume(asked);
      const { 'os-reset_status': reset } = asked.body as { 'os-reset_status'?: { status?: string } };
      if (reset?.status === undefined) throw refusal(400, 'badRequest', 'There is no such action');
      this.volumes.set(volume.id, { ...volume, status: reset.status, updated: new Date() });
      return { status: 202 };
    },
    'GET /volume/v3/:project/attachments': (asked) => ({ body: this.listAttachments(asked) }),
    'DELETE /volume/v3/:project/attachments/:id': async ({ named }) => {
      const attachment = this.attachments.get(named.id ?? '');
      if (!attachment)
        throw refusal(
          404,
          'itemNotFound',
          `Volume attachment could not be found with filter: attachment_id = ${named.id}.`,
        );
      await this.refuseUsed(attachment);
      this.remove(attachment);
      const rest = this.attachmentsOf(attachment.volume);
      return { body: { attachments: rest.map(attachmentView) } };
    },
  };

  /** What Nova's delete does with the attachments of its instance. */
  removeAttachmentsOf(server: string): void {
    for (const attachment of [...this.attachments.values()])
      if (attachment.server === server) this.remove(attachment);
  }

  /**
   * cinder/volume/api.py, attachment_deletion_allowed (Zed with the update for bug 2004555): one that was never
   * connected may go, and one of which Nova knows nothing.
   */
  private async refuseUsed({ id, server, status }: AttachmentPlan): Promise<void> {
    if (status === 'reserved' || !(await this.novaHas(server, id))) return;
    throw refusal(409, 'conflictingRequest', `Detach volume from instance ${server} using the Compute API`);
  }

  /** cinder/objects/volume.py, finish_detach, Zed */
  private remove({ id, volume: volumeId }: AttachmentPlan): void {
    this.attachments.delete(id);
    const volume = this.volumes.get(volumeId);
    if (volume && this.attachmentsOf(volumeId).length === 0)
      this.volumes.set(volumeId, { ...volume, status: 'available', updated: new Date() });
  }

  private attachmentsOf(volume: string): AttachmentPlan[] {
    return [...this.attachments.values()].filter((each) => each.volume === volume);
  }

  private listAttachments(asked: Asked): object {
    const filters: [keyof AttachmentPlan, string | null][] = [
      ['server', asked.query.get('instance_id')],
      ['volume', asked.query.get('volume_id')],
      ['status', asked.query.get('status') ?? asked.query.get('attach_status')],
    ];
    const found = [...this.attachments.values()].filter((each) =>
      filters.every(([field, wanted]) => wanted === null || each[field] === wanted),
    );
    // cinder/api/v3/attachments.py, index, Zed: pages without links
    const { items } = pageOf(asked, found, ({ id }) => id);
    return { attachments: items.map(attachmentView) };
  }

  private volume({ named }: Asked): VolumePlan {
    const found = this.volumes.get(named.id ?? '');
    if (!found) throw refusal(404, 'itemNotFound', `Volume ${named.id} could not be found.`);
    return found;
  }

  /** cinder/api/v2/views/volumes.py, Zed */
  private view(volume: VolumePlan): object {
    const attached = this.attachmentsOf(volume.id).filter(({ status }) => status === 'attached');
    return {
      id: volume.id,
      name: volume.name,
      status: volume.status,
      size: volume.sizeGib,
      description: null,
      availability_zone: 'nova',
      created_at: stamp(volume.created),
      updated_at: stamp(volume.updated),
      volume_type: 'iscsi',
      snapshot_id: null,
      source_volid: null,
      metadata: {},
      user_id: volume.project,
      bootable: 'false',
      encrypted: false,
      replication_status: null,
      consistencygroup_id: null,
      multiattach: volume.multiattach ?? false,
      migration_status: null,
      'os-vol-host-attr:host': 'storage-01@iscsi#iscsi',
      'os-vol-tenant-attr:tenant_id': volume.project,
      'os-vol-mig-status-attr:migstat': null,
      'os-vol-mig-status-attr:name_id': null,
      attachments: attached.map(({ id, server, host }) => ({
        id: volume.id,
        volume_id: volume.id,
        attachment_id: id,
        server_id: server,
        host_name: host ?? null,
        device: '/dev/vdb',
        attached_at: stamp(volume.updated),
      })),
    };
  }
}

/** cinder/api/v3/views/attachments.py, summary, Zed */
function attachmentView({ id, status, server, volume }: AttachmentPlan): object {
  return { id, status, instance: server, volume_id: volume };
}

/** Cinder's dates have microseconds and no zone. */
function stamp(date: Date): string {
  return `${date.toISOString().slice(0, 19)}.000000`;
}

function refusal(status: number, type: string, message: string): Refusal {
  return new Refusal({ status, body: { [type]: { code: status, message } } });
}
