import type { KindId } from '../../model/kindId';
import { sightingKey } from '../../model/scene';
import { turns } from '../../model/turns';
import type { Sighted, Sightings } from './sightingRules';

/** All UUIDs that were seen alike: most of a cloud's suspects came up in the same scans. */
export interface Packed extends Sighted {
  readonly kind: KindId;
  /** their bytes one after the other, in base64 */
  readonly uuids: string;
}

/** Sightings as they are kept: 22 characters for a suspect, and nothing that JSON takes long to write. */
export async function pack(sightings: Sightings): Promise<Packed[]> {
  const groups = new Map<string, { kind: KindId; sighted: Sighted; digits: string[] }>();
  for (const [key, sighted] of sightings) {
    await turns.giveWay();
    const [kind, uuid] = partsOf(key);
    const alike = [kind, sighted.first, sighted.last, sighted.count, ...sighted.sources].join(' ');
    const group = groups.get(alike) ?? { kind, sighted, digits: [] };
    group.digits.push(uuid.replaceAll('-', ''));
    groups.set(alike, group);
  }
  const packed: Packed[] = [];
  for (const { kind, sighted, digits } of groups.values()) {
    await turns.giveWay();
    packed.push({ ...sighted, kind, uuids: Buffer.from(digits.join(''), 'hex').toString('base64') });
  }
  return packed;
}

export async function unpack(packed: readonly Packed[]): Promise<Sightings> {
  const sightings: Sightings = new Map();
  for (const { kind, uuids, ...sighted } of packed) {
    const digits = Buffer.from(uuids, 'base64').toString('hex');
    for (let start = 0; start < digits.length; start += 32) {
      await turns.giveWay();
      sightings.set(sightingKey(uuidFrom(digits.slice(start, start + 32)), kind), sighted);
    }
  }
  return sightings;
}

function partsOf(key: string): [KindId, string] {
  return [key.slice(0, -37) as KindId, key.slice(-36)];
}

function uuidFrom(digits: string): string {
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
