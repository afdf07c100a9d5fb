export function ensureHostsPackages(): Promise<void>;
