export function ensureHostsPackages(): Promise<void>;
export function ensurePurgePackages(): Promise<void>;
export function ensureOpenstackPackages(): Promise<void>;
