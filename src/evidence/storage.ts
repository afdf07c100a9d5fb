import type { Answers } from './hostAnswers';

/**
 * File systems that one host alone can have mounted, as `df --output=fstype` calls them. Any other, known or new, may
 * be one that several hosts share.
 */
export const localTypes: ReadonlySet<string> = new Set([
  'ext2',
  'ext3',
  'ext4',
  'xfs',
  'btrfs',
  'zfs',
  'f2fs',
  'jfs',
  'reiserfs',
  'bcachefs',
  'tmpfs',
  'overlay',
]);

/**
 * Do other hosts use the instances path too? Nova's image cache notes each host in the file `compute_nodes` beside
 * the instances (nova/virt/storage_users.py). A file that cannot be read does not prove that the storage is local.
 */
export function isShared(host: string, { storage, users }: Pick<Answers, 'storage' | 'users'>): boolean {
  const type = storage.output.trim().split('\n').at(-1)?.trim() ?? '';
  if (storage.code !== 0 || !localTypes.has(type)) {
    return true;
  }
  if (users.code !== 0) {
    return !users.errors.includes('No such file or directory');
  }
  return hostsIn(users.output)?.every((user) => user === host) !== true;
}

function hostsIn(json: string): string[] | undefined {
  try {
    const hosts: unknown = JSON.parse(json);
    return typeof hosts === 'object' && hosts !== null ? Object.keys(hosts) : undefined;
  } catch {
    return undefined;
  }
}
