import type { BlockStorageApi } from './openStackApi';
import type { ApiSession, Query } from './apiSession';
import { orAbsent } from './absence';
import { gapOfAccount, list, withGap, type Listing } from './listing';
import type { Microversions } from './microversion';
import { defined, type Shape } from './shape';
import type { Attachment, Volume } from './cinderShapes';

/** 3.27 brought attachments (cinder/api/microversions.py, NEW_ATTACH); nothing that is newer is used. */
const versions: Microversions = { least: '3.27', most: '3.27' };

/** Cinder's API v3. */
export class Cinder implements BlockStorageApi {
  constructor(private readonly session: ApiSession) {}

  async volumes(signal?: AbortSignal): Promise<Listing<Volume>> {
    const volumes = await list<Volume>(
      this.session,
      {
        call: { service: 'block-storage', path: '/volumes/detail', query: [['all_tenants', '1']], versions },
        field: 'volumes',
        read: readVolume,
        idOf: ({ id }) => id,
        pages: 'link',
      },
      signal,
    );
    return volumes.complete ? withGap(volumes, await gapOfAccount(this.session)) : volumes;
  }

  /** Undefined when Cinder says that it has none. */
  async volume(id: string, signal?: AbortSignal): Promise<Volume | undefined> {
    const body = await orAbsent(this.session, `volume ${id}`, () =>
      this.session.read({ service: 'block-storage', path: pathOf(id), versions }, signal),
    );
    return body && readVolume(body.object('volume'));
  }

  /** Of one instance, or all. */
  attachments(serverId?: string, signal?: AbortSignal): Promise<Listing<Attachment>> {
    return this.listAttachments(serverId === undefined ? [] : [['instance_id', serverId]], signal);
  }

  attachmentsOfVolume(volumeId: string, signal?: AbortSignal): Promise<Listing<Attachment>> {
    return this.listAttachments([['volume_id', volumeId]], signal);
  }

  /** Cinder names no next page for them (cinder/api/v3/attachments.py, Zed). */
  private async listAttachments(filter: Query, signal?: AbortSignal): Promise<Listing<Attachment>> {
    const attachments = await list<Attachment>(
      this.session,
      {
        call: {
          service: 'block-storage',
          path: '/attachments',
          query: [['all_tenants', '1'], ...filter],
          versions,
        },
        field: 'attachments',
        read: readAttachment,
        idOf: ({ id }) => id,
        pages: 'marker',
      },
      signal,
    );
    return attachments.complete ? withGap(attachments, await gapOfAccount(this.session)) : attachments;
  }

  /**
   * Cinder asks Nova first, and refuses (`conflict`) while the server has the volume (cinder/volume/api.py,
   * attachment_deletion_allowed, Zed and security updates since 2023).
   */
  deleteAttachment(id: string, signal?: AbortSignal): Promise<void> {
    const path = `/attachments/${encodeURIComponent(id)}`;
    return this.session.change({ service: 'block-storage', method: 'DELETE', path, versions }, signal);
  }

  /** Changes what Cinder's database says, and nothing else: a connection that exists stays. */
  resetVolume(id: string, status: 'available' | 'error', signal?: AbortSignal): Promise<void> {
    return this.session.change(
      {
        service: 'block-storage',
        method: 'POST',
        path: `${pathOf(id)}/action`,
        body: { 'os-reset_status': { status, attach_status: 'detached' } },
        versions,
      },
      signal,
    );
  }
}

function pathOf(id: string): string {
  return `/volumes/${encodeURIComponent(id)}`;
}

function readVolume(item: Shape): Volume {
  return defined({
    id: item.text('id'),
    status: item.text('status'),
    size: item.number('size'),
    projectId: item.optionalText('os-vol-tenant-attr:tenant_id'),
    name: item.optionalText('name'),
    updatedAt: item.optionalTime('updated_at'),
    createdAt: item.optionalTime('created_at'),
    multiattach: item.optionalFlag('multiattach'),
    host: item.optionalText('os-vol-host-attr:host'),
    attachments: item.list('attachments').map((use) =>
      defined({
        attachmentId: use.text('attachment_id'),
        serverId: use.text('server_id'),
        hostName: use.optionalText('host_name'),
      }),
    ),
  });
}

function readAttachment(item: Shape): Attachment {
  return defined({
    id: item.text('id'),
    volumeId: item.text('volume_id'),
    serverId: item.optionalText('instance'),
    status: item.text('status'),
  });
}
