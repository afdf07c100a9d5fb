import * as l10n from '@vscode/l10n';
import type { CloudAccess } from '../cloud/access';
import { isLibvirt } from '../model/hypervisor';
import type { Clock } from '../model/ports';
import { hostSourceId, type Gap, type Source } from '../model/source';
import type { DatabaseOptions } from './databaseOptions';
import type { ListedHost } from './hostList';
import { readHost } from './hostReader';
import { nothingRead, type HostContent, type HostReport } from './hostReport';
import { sideBySide } from './sideBySide';
import { gapOf, sourceOf, type SourceName } from './sources';

export interface HostOptions extends DatabaseOptions {
  /** read only these; the others are as `previousHosts` has them */
  readonly onlyHosts?: readonly string[];
  readonly previousHosts?: readonly HostReport[];
}

/**
 * Reads the hosts side by side. What one does not say, or says late, is a gap of that one.
 *
 * @param ours the clock by which all ages are counted
 */
export async function surveyHosts(
  access: CloudAccess,
  hosts: readonly ListedHost[],
  ours: Clock,
  options: HostOptions,
): Promise<HostReport[]> {
  const previous = new Map(options.previousHosts?.map((report) => [report.host, report]));
  const chosen = options.onlyHosts && new Set(options.onlyHosts);
  options.onExpected?.(hosts.map(nameOf));
  return sideBySide(hosts, access.configuration.ssh.hostsAtATime, async (host) => {
    const report =
      !chosen || chosen.has(host.host)
        ? await readOne(access, host, ours, options)
        : { ...(previous.get(host.host) ?? unread(host, options)), address: host.address, nodes: host.nodes };
    options.onSource?.(report.source);
    return report;
  });
}

async function readOne(
  access: CloudAccess,
  host: ListedHost,
  ours: Clock,
  options: HostOptions,
): Promise<HostReport> {
  if (!isLibvirt(host.hypervisorType)) {
    return report(host, nothingRead, sourceOf(nameOf(host), options.clock));
  }
  try {
    const content = await readHost(access, host, ours, options.signal);
    return report(host, content, sourceOf(nameOf(host), options.clock));
  } catch (error) {
    return report(host, nothingRead, sourceOf(nameOf(host), options.clock, gapOf(error, options.logger)));
  }
}

function unread(host: ListedHost, options: HostOptions): HostReport {
  const gap: Gap = {
    code: 'not-found',
    message: l10n.t('{0} was not read yet.', host.host),
    action: l10n.t('Scan the whole cloud, or this host.'),
  };
  return report(host, nothingRead, sourceOf(nameOf(host), options.clock, gap));
}

function report({ host, address, nodes }: ListedHost, content: HostContent, source: Source): HostReport {
  return { host, address, nodes, source, ...content };
}

function nameOf({ host }: ListedHost): SourceName {
  return { id: hostSourceId(host), kind: 'host', name: host };
}
