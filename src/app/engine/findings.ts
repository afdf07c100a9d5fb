import { listClouds } from '../../cloud/openstack/cloudsYaml/listClouds';
import { Report } from '../../cloud/openstack/cloudsYaml/report';
import { resolveCloud } from '../../cloud/openstack/cloudsYaml/resolveCloud';
import { readCloudsYaml } from '../../cloud/openstack/openConfigured';
import { configHosts } from '../../cloud/ssh/configHosts';
import type { Findings } from '../api';

/** What a new cloud may be made of, as the files of this machine have it now. */
export async function findings(): Promise<Findings> {
  const sources = await readCloudsYaml();
  const { clouds, diagnostics } = listClouds(sources);
  const report = new Report();
  report.take([...sources.diagnostics, ...diagnostics]);
  for (const { name, regions } of clouds) {
    for (const wanted of regions.length === 0 ? [{ name }] : regions.map((region) => ({ name, region }))) {
      report.take(resolveCloud(sources, wanted).diagnostics);
    }
  }
  return {
    openstack: clouds,
    openstackFile: sources.clouds?.path,
    problems: report.diagnostics,
    sshHosts: await configHosts(),
  };
}
