const uuidPattern = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** cell0 has a fixed UUID (nova/objects/cell_mapping.py, CellMapping.CELL0_UUID). */
export const cell0Uuid = '00000000-0000-0000-0000-000000000000';

/** True for a UUID in the form in which Nova and libvirt write it: lower case, with hyphens. */
export function isUuid(text: string): boolean {
  return uuidPattern.test(text);
}
