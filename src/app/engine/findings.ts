import { configHosts } from '../../cloud/ssh/configHosts';
import type { Findings } from '../api';

/** What a new cloud may be made of, as the files of this machine have it now. */
export async function findings(): Promise<Findings> {
  return { openstack: [], sshHosts: await configHosts() };
}
