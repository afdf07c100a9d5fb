import * as l10n from '@vscode/l10n';
import type { Trace } from '../../evidence/traces';
import type { Dossier } from '../../model/dossier';
import type { Suspect } from '../../model/suspect';
import { visible } from '../../model/text';
import { serviceText } from './serviceText';
import { block, suspectText } from './suspectText';
import { fields } from './fields';

export interface Traces {
  readonly cloud: string;
  readonly uuid: string;
  /** all that is known of it now */
  readonly dossier: Dossier;
  readonly suspect?: Suspect;
  /** why the other kinds do not hold, one line each */
  readonly reasons: readonly string[];
  readonly sourceName: (id: string) => string;
  readonly rows: readonly Trace[];
  readonly unread: readonly string[];
}

/**
 * All about one instance, as plain text: why it is suspected, then its rows, the one of `instances` first, and what the
 * other sources have of it. Values are JSON, so that tenants' text cannot break a line; NULL is left out.
 */
export function traceText(traces: Traces): string {
  const { cloud, uuid, dossier, suspect, reasons, sourceName, rows, unread } = traces;
  const { domains, directories } = dossier;
  const services = serviceText(dossier);
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
    ...services,
    ...rows.filter((trace) => !isInstance(trace)).flatMap(rowBlocks),
    ...block(suspect ? l10n.t('Why no other kind holds') : l10n.t('Why no kind holds'), reasons),
  ];
  if (rows.length + domains.length + directories.length + services.length === 0) {
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
