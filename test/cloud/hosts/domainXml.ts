import type { DomainPlan } from '../population/plot';
import { projects, users } from '../population/world';

export interface DomainDisk {
  readonly path: string;
}

/**
 * A domain as small as QEMU runs one without KVM: 2 MiB and a ROM that halts the processor at its first instruction,
 * so that a running domain costs no time. Name, UUID, metadata and disk are as nova.virt.libvirt writes them.
 */
export function domainXml(plan: DomainPlan, rom: string, disk?: DomainDisk): string {
  return `<domain type='qemu'>
  <name>${plan.name}</name>
  <uuid>${plan.uuid}</uuid>${plan.nova === undefined ? '' : novaMetadata(plan.nova)}
  <memory unit='KiB'>2048</memory>
  <vcpu>1</vcpu>
  <os><type arch='x86_64' machine='pc'>hvm</type><loader readonly='yes' type='rom'>${rom}</loader></os>
  <devices>
    <emulator>/usr/bin/qemu-system-x86_64</emulator>${disk === undefined ? '' : diskXml(disk)}
    <controller type='usb' model='none'/>
    <memballoon model='none'/>
  </devices>
</domain>
`;
}

function novaMetadata({ name, created, project, user }: NonNullable<DomainPlan['nova']>): string {
  const owner = { project: projects[project], user: users[user] };
  return `
  <metadata>
    <nova:instance xmlns:nova="http://openstack.org/xmlns/libvirt/nova/1.1">
      <nova:package version="26.2.2"/>
      <nova:name>${escapeXml(name)}</nova:name>
      <nova:creationTime>${created}</nova:creationTime>
      <nova:flavor name="m1.small"><nova:memory>2048</nova:memory><nova:disk>20</nova:disk><nova:swap>0</nova:swap><nova:ephemeral>0</nova:ephemeral><nova:vcpus>1</nova:vcpus></nova:flavor>
      <nova:owner>
        <nova:user uuid="${owner.user?.id ?? ''}">${owner.user?.name ?? ''}</nova:user>
        <nova:project uuid="${owner.project?.id ?? ''}">${owner.project?.name ?? ''}</nova:project>
      </nova:owner>
    </nova:instance>
  </metadata>`;
}

function diskXml({ path }: DomainDisk): string {
  return `
    <disk type='file' device='disk'><driver name='qemu' type='qcow2'/><source file='${path}'/><target dev='vda' bus='virtio'/></disk>`;
}

function escapeXml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
