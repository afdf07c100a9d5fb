import { plantInstance } from './instance';
import type { Plot } from './plot';
import type { DomainPlace } from './story';
import { days, minutes, uuidOf, type HostName } from './world';

/** The hypervisor runs a domain of which Nova says it is deleted, or which it does not know. */
export function plantDomainWithoutInstance(plot: Plot): void {
  const running = (host: HostName): DomainPlace[] => [{ host, state: 'running' }];
  const deleted = {
    kind: 'domain-of-deleted-instance',
    also: ['leftover-directory'],
    cell: 'cell1',
    vmState: 'deleted',
  } as const;
  plantInstance(plot, {
    ...deleted,
    name: 'deleted-still-running',
    host: 'compute-01',
    created: days(100),
    deleted: days(7),
    cleaned: false,
    domain: running('compute-01'),
    directories: [{ host: 'compute-01', written: days(7) }],
    expect: 'confirmed',
    how: 'Was deleted while compute-01 was down (local delete); the host came back and the domain with it.',
  });
  plantInstance(plot, {
    ...deleted,
    name: 'deleted-still-running-2',
    host: 'compute-03',
    cell: 'cell2',
    created: days(300),
    deleted: days(21),
    cleaned: false,
    domain: running('compute-03'),
    directories: [{ host: 'compute-03', written: days(21) }],
    expect: 'suspected',
    how: 'Was deleted; libvirt was hung, and running_deleted_instance_action is only log on this host.',
  });
  plantInstance(plot, {
    ...deleted,
    name: 'just-deleted',
    host: 'compute-02',
    created: days(3),
    deleted: minutes(5),
    cleaned: false,
    domain: running('compute-02'),
    directories: [{ host: 'compute-02', written: minutes(6) }],
    expect: 'none',
    twinOf: 'deleted-still-running',
    how: "Was deleted five minutes ago: Nova's own reaper looks every 1800 seconds.",
  });
  plantUnknownDomain(
    plot,
    'unknown-domain',
    'compute-02',
    "Its rows were purged from every table years ago; the domain has Nova's metadata and runs on.",
  );
  plantUnknownDomain(
    plot,
    'forgotten-domain',
    'compute-06',
    'compute-06 was taken out of Nova without being emptied; a domain of that time still runs.',
  );
}

function plantUnknownDomain(plot: Plot, name: string, host: HostName, how: string): void {
  const uuid = uuidOf(`instance ${name}`);
  const nova = { name, created: plot.at(days(800)), project: 1, user: 1 };
  plot.domains.push({ host, name: 'instance-00000f0a', uuid, state: 'running', nova });
  plot.directories.push({ host, name: uuid, written: plot.date(days(600)), diskBytes: 20 * 2 ** 30 });
  plot.planted.push({
    uuid,
    name,
    how,
    host,
    expect: 'suspected',
    kind: 'domain-without-instance',
    also: ['leftover-directory'],
    mustSurvive: false,
  });
}
