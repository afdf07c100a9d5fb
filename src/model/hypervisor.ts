/** What libvirt's `virConnectGetType` may call itself, which Nova's driver writes to compute_nodes. */
const libvirtTypes: ReadonlySet<string> = new Set([
  'qemu',
  'kvm',
  'lxc',
  'xen',
  'uml',
  'parallels',
  'vz',
  'test',
]);

/**
 * False for bare metal, VMware and the like: there is no libvirt to ask. A host without a type is asked.
 *
 * @param hypervisorType `compute_nodes.hypervisor_type`
 */
export function isLibvirt(hypervisorType: string | undefined): boolean {
  return !hypervisorType || libvirtTypes.has(hypervisorType.toLowerCase());
}
