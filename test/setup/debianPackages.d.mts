export function ensureHostsPackages(): Promise<void>;
export function ensureOpenstackPackages(): Promise<void>;
