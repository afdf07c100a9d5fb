import * as l10n from '@vscode/l10n';
import type { Trace } from '../../evidence/traces';
import type { Domain, InstanceDirectory } from '../../model/facts';
import type { Suspect } from '../../model/suspect';
import { visible } from '../../model/text';
import { block, suspectText } from './suspectText';

export interface Traces {
  readonly cloud: string;
  readonly uuid: string;
  /** of the last scan or look-up, where it is one */
  readonly suspect?: Suspect;
  readonly sourceName: (id: string) => string;
  readonly rows: readonly Trace[];
  readonly domains: readonly Domain[];
  readonly directories: readonly InstanceDirectory[];
  readonly unread: readonly string[];
}

/**
 * All about one instance, as plain text: why it is suspected, then its rows, the one of `instances` first. Values are
 * JSON, so that tenants' text cannot break a line; those that are NULL are left out.
 */
export function traceText(traces: Traces): string {
  const { cloud, uuid, suspect, sourceName, rows, domains, directories, unread } = traces;
  const isInstance = ({ table }: Trace): boolean => table === 'instances';
  const lines = [
    l10n.t('Everything about {0} on {1}', [visible(nameOf(traces)), uuid].filter(Boolean).join(' '), cloud),
    ...(suspect ? suspectText(suspect, sourceName) : []),
    ...block(l10n.t('Could not be read'), unread),
    ...rows.filter(isInstance).flatMap(rowBlocks),
    ...domains.flatMap((domain) => block(l10n.t('Domain on {0}', domain.host), fields(domain))),
    ...directories.flatMap((directory) =>
      block(l10n.t('Directory on {0}', directory.host), fields(directory)),
    ),
    ...rows.filter((trace) => !isInstance(trace)).flatMap(rowBlocks),
  ];
  if (rows.length + domains.length + directories.length === 0) {
    lines.push('', l10n.t('Nothing that could be read mentions it.'));
  }
  return `${lines.join('\n')}\n`;
}

function nameOf({ suspect, rows }: Traces): string {
  const row = rows.find(({ table }) => table === 'instances')?.rows[0];
  return suspect?.name ?? row?.display_name ?? '';
}

function rowBlocks({ database, table, rows }: Trace): string[] {
  return rows.flatMap((row) => block(`${database}: ${table}`, fields(row)));
}

function fields(record: object): string[] {
  const entries = Object.entries(record).filter(([, value]) => value !== null && value !== undefined);
  const width = Math.max(...entries.map(([name]) => name.length));
  return entries.map(([name, value]) => `${name.padEnd(width)}  ${JSON.stringify(value)}`);
}
