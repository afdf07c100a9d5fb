import { isIP } from 'node:net';
import { isUuid } from '../model/uuid';

/** What somebody pastes: a UUID, a fixed IP, or a display_name. `value` is in the spelling that is compared with. */
export interface Term {
  readonly kind: 'uuid' | 'address' | 'name';
  readonly value: string;
}

export function termOf(text: string): Term {
  const trimmed = text.trim();
  if (isUuid(trimmed.toLowerCase())) {
    return { kind: 'uuid', value: trimmed.toLowerCase() };
  }
  if (isIP(trimmed) > 0) {
    return { kind: 'address', value: canonicalAddress(trimmed) };
  }
  return { kind: 'name', value: text };
}

/** One spelling for each address: IPv6 in lower case with the longest run of zeros left out (RFC 5952). */
export function canonicalAddress(address: string): string {
  const isPlainIpv6 = isIP(address) === 6 && !address.includes('%');
  return isPlainIpv6 ? new URL(`http://[${address}]/`).hostname.slice(1, -1) : address;
}
