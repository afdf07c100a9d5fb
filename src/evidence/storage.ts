import type { Answers } from './hostAnswers';

/** File systems that several hosts can have mounted at once, as `df --output=fstype` calls them. */
const sharedTypes =
  /^(nfs|ceph|cifs|smb|gluster|gpfs|lustre|ocfs2|gfs2|beegfs|afs|9p|virtiofs|fuse\.(ceph|gluster|sshfs|moosefs|lizard|quobyte|s3fs|juicefs))/i;

/**
 * Do other hosts use the instances path too? Nova's image cache notes each host in the file `compute_nodes` beside
 * the instances (nova/virt/storage_users.py). A file that cannot be read does not prove that the storage is local.
 */
export function isShared(host: string, { storage, users }: Pick<Answers, 'storage' | 'users'>): boolean {
  const type = storage.output.trim().split('\n').at(-1)?.trim() ?? '';
  if (storage.code !== 0 || sharedTypes.test(type)) {
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
