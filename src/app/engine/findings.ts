import { listClouds } from '../../cloud/openstack/cloudsYaml/listClouds';
import { placed, readCloudsYaml } from '../../cloud/openstack/openConfigured';
import { configHosts } from '../../cloud/ssh/configHosts';
import type { Findings } from '../api';

/** What a new cloud may be made of, as the files of this machine have it now. */
export async function findings(): Promise<Findings> {
  const sources = await readCloudsYaml();
  const { clouds, diagnostics } = listClouds(sources);
  return {
    openstack: clouds,
    openstackFile: sources.clouds?.path,
    problems: [...sources.diagnostics, ...diagnostics].map(placed),
    sshHosts: await configHosts(),
  };
}
