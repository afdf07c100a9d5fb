import * as l10n from '@vscode/l10n';
import { OperatorError } from '../model/errors';
import type { Domain, DomainState } from '../model/facts';
import { isUuid } from '../model/uuid';
import { parseDomainXml } from './domainXml';

/** virsh's words: tools/virsh-domain-monitor.c, virshDomainState */
const states: ReadonlySet<string> = new Set<DomainState>([
  'no state',
  'running',
  'idle',
  'paused',
  'in shutdown',
  'shut off',
  'crashed',
  'pmsuspended',
]);

/** Domains came or went while they were read: the same question may have an answer now. */
export class DomainsMoved extends Error {
  override readonly name = 'DomainsMoved';
}

/**
 * The domains that `listed` names, each as `described` shows it: `<nonce>:<uuid>:<state><nonce>:<xml>` one after the
 * other, and `<nonce>.` at the end. `listed` is read last: a domain that is only described has gone meanwhile.
 */
export function parseDomains(host: string, listed: string, described: string, nonce: string): Domain[] {
  const uuids = listed.split('\n').filter((line) => line.trim() !== '');
  const strange = uuids.find((uuid) => !isUuid(uuid));
  if (strange !== undefined) {
    throw notUnderstood(host, JSON.stringify(strange));
  }
  const descriptions = parseDescriptions(host, described, nonce);
  return uuids.map((uuid) => {
    const description = descriptions.get(uuid);
    if (description === undefined || description.state === '') {
      throw new DomainsMoved(`${host}: ${uuid} is listed and could not be described`);
    }
    return domainOf(host, uuid, description);
  });
}

interface Description {
  readonly state: string;
  readonly xml: string;
}

function parseDescriptions(host: string, described: string, nonce: string): Map<string, Description> {
  const parts = described.split(nonce);
  if (parts[0] !== '' || parts.at(-1) !== '.' || parts.length % 2 !== 0) {
    throw notUnderstood(host, l10n.t('the list of domains'));
  }
  const descriptions = new Map<string, Description>();
  for (let index = 1; index + 1 < parts.length; index += 2) {
    const [, uuid = '', state = ''] = /^:([0-9a-f-]{36}):([^:]*)$/.exec(parts[index] ?? '') ?? [];
    const [, xml] = /^:([^]*)$/.exec(parts[index + 1] ?? '') ?? [];
    if (!isUuid(uuid) || xml === undefined) {
      throw notUnderstood(host, l10n.t('the list of domains'));
    }
    descriptions.set(uuid, { state: state.trim(), xml });
  }
  return descriptions;
}

function domainOf(host: string, uuid: string, { state, xml }: Description): Domain {
  const parsed = parseDomainXml(xml);
  if (parsed?.uuid !== uuid || !isState(state)) {
    throw notUnderstood(host, l10n.t('the domain {0}', uuid));
  }
  return { host, state, ...parsed };
}

function isState(text: string): text is DomainState {
  return states.has(text);
}

function notUnderstood(host: string, what: string): OperatorError {
  return new OperatorError(
    'command-failed',
    l10n.t('libvirt on {0} said something that could not be read: {1}.', host, what),
    l10n.t('Look at it with "virsh list --all" and "virsh dumpxml" on the host.'),
  );
}
