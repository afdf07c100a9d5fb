import type { CachedPort } from '../model/facts';

/**
 * The ports in `instance_info_caches.network_info`: a JSON list of VIFs with network.subnets[].ips[].address
 * (nova/network/model.py). What is broken or of another shape has no ports.
 */
export function parseNetworkInfo(json: string | null): CachedPort[] {
  return listOf(parse(json)).flatMap((vif) => {
    const id = fieldOf(vif, 'id');
    // nova/network/neutron.py, _build_vif_model: false for the ports that Nova made
    const made = fieldOf(vif, 'preserve_on_delete') === false ? { madeByNova: true as const } : {};
    return typeof id === 'string' ? [{ id, addresses: addressesOf(vif), ...made }] : [];
  });
}

/** Every fixed IP in it, also of a VIF without an id. */
export function addressesIn(json: string | null): string[] {
  return listOf(parse(json)).flatMap(addressesOf);
}

function addressesOf(vif: unknown): string[] {
  return listOf(fieldOf(fieldOf(vif, 'network'), 'subnets'))
    .flatMap((subnet) => listOf(fieldOf(subnet, 'ips')))
    .map((ip) => fieldOf(ip, 'address'))
    .filter((address) => typeof address === 'string');
}

function parse(json: string | null): unknown {
  try {
    return JSON.parse(json ?? '[]');
  } catch {
    return undefined;
  }
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Readonly<Record<string, unknown>>)[name]
    : undefined;
}
