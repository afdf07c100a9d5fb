import { plantApiRows } from './apiRows';
import { plantCellRows } from './cellRows';
import { plantPlacementRows } from './placementRows';
import type { Plot } from './plot';
import { portsOf, type Port } from './rowValues';
import { plantServiceParts } from './serviceParts';
import { isGone, type DirectoryStory, type DomainPlace, type Story } from './story';
import { flavors, hosts, projects, usualProjects, uuidOf, type Flavor, type HostName } from './world';

/** A story with its blanks filled in. */
export interface Instance extends Story {
  readonly uuid: string;
  readonly id: number;
  /** Index into projects and users. */
  readonly owner: number;
  readonly flavor: Flavor;
  /** its ports with their addresses */
  readonly vifs: readonly Port[];
}

/** Plants rows, domain and directories of one instance, and what is expected of it. */
export function plantInstance(plot: Plot, story: Story): Instance {
  const uuid = story.uuid ?? uuidOf(`instance ${story.seed ?? story.name}`);
  const instance: Instance = {
    ...story,
    uuid,
    id: plot.nextInstanceId(`nova_${story.cell}`),
    owner: ownerOf(story, uuid),
    flavor: story.large ? flavors[1] : flavors[0],
    vifs: story.inCell === false ? [] : portsOf(plot, story, uuid),
  };
  if (story.inCell !== false) plantCellRows(plot, instance);
  plantApiRows(plot, instance);
  plantPlacementRows(plot, instance);
  plantServiceParts(plot, instance);
  plantDomains(plot, instance);
  plantDirectories(plot, instance);
  plantExpectation(plot, instance);
  return instance;
}

function ownerOf({ project }: Story, uuid: string): number {
  return project === undefined
    ? Number.parseInt(uuid.slice(0, 2), 16) % usualProjects
    : projects.findIndex(({ name }) => name === project);
}

function plantDomains(plot: Plot, instance: Instance): void {
  const name = `instance-${instance.id.toString(16).padStart(8, '0')}`;
  const nova = {
    name: instance.name,
    created: plot.at(instance.created),
    project: instance.owner,
    user: instance.owner,
  };
  for (const place of domainPlaces(instance))
    plot.domains.push({ ...place, name, uuid: instance.uuid, nova });
}

function domainPlaces(instance: Instance): readonly DomainPlace[] {
  const { domain } = instance;
  if (domain === false) return [];
  if (typeof domain === 'object') return domain;
  const host = computeHost(instance);
  const state = domain ?? usualDomain(instance);
  return host === undefined || state === undefined ? [] : [{ host, state }];
}

function usualDomain(instance: Instance): 'running' | 'shutoff' | 'paused' | undefined {
  if (isGone(instance) || instance.parentless === true) return undefined;
  switch (instance.vmState) {
    case 'active':
      return 'running';
    case 'paused':
      return 'paused';
    case 'stopped':
    case 'suspended':
    case 'soft-delete':
    case 'shelved':
      return 'shutoff';
    default:
      return undefined;
  }
}

function plantDirectories(plot: Plot, instance: Instance): void {
  const host = computeHost(instance);
  const there = host !== undefined && usualDomain(instance) !== undefined;
  const usual: readonly DirectoryStory[] = there ? [{ host, written: instance.updated ?? 3600 }] : [];
  for (const { host: where, suffix = '', written, bytes } of instance.directories ?? usual) {
    const diskBytes = bytes ?? instance.flavor.rootGb * 2 ** 30;
    plot.directories.push({
      host: where,
      name: `${instance.uuid}${suffix}`,
      written: plot.date(written),
      ...(instance.volume === 'root' ? {} : { diskBytes }),
    });
  }
}

/** The host if it is one of the compute hosts with a libvirt. */
function computeHost(instance: Instance): HostName | undefined {
  return hosts.find(({ name }) => name === instance.host)?.name;
}

function plantExpectation(plot: Plot, instance: Instance): void {
  const { uuid, name, how, expect, cell, kind, also, twinOf, host, staleOn } = instance;
  const harmless = expect === 'none' || expect === 'legitimate' || expect === 'unknown';
  plot.planted.push({
    uuid,
    name,
    how,
    expect,
    cell,
    mustSurvive: instance.mustSurvive ?? harmless,
    ...(kind === undefined ? {} : { kind }),
    ...(also === undefined ? {} : { also }),
    ...(twinOf === undefined ? {} : { twinOf }),
    ...(host === null ? {} : { host }),
    ...(staleOn === undefined ? {} : { staleOn }),
  });
}
