import type { Trace } from '../../evidence/traces';
import type { Domain, InstanceDirectory } from '../../model/facts';
import { visible } from '../../model/text';
import * as l10n from '@vscode/l10n';

export interface Traces {
  readonly cloud: string;
  readonly uuid: string;
  readonly rows: readonly Trace[];
  readonly domains: readonly Domain[];
  readonly directories: readonly InstanceDirectory[];
  readonly unread: readonly string[];
}

/** All about one instance, as lines of plain text. Values are JSON, so that tenants' text cannot break a line. */
export function traceText(traces: Traces): string {
  const lines = [l10n.t('Everything about {0} on {1}', traces.uuid, traces.cloud), ''];
  for (const source of traces.unread) {
    lines.push(l10n.t('Could not be read: {0}', source));
  }
  for (const domain of traces.domains) {
    lines.push('', l10n.t('Domain on {0}', domain.host), ...fields(domain));
  }
  for (const directory of traces.directories) {
    lines.push('', l10n.t('Directory on {0}', directory.host), ...fields(directory));
  }
  for (const trace of traces.rows) {
    for (const row of trace.rows) {
      lines.push('', `${trace.database}: ${trace.table}`, ...fields(row));
    }
  }
  if (traces.rows.length + traces.domains.length + traces.directories.length === 0) {
    lines.push(l10n.t('Nothing that could be read mentions it.'));
  }
  return `${lines.join('\n')}\n`;
}

function fields(record: object): string[] {
  const entries = Object.entries(record);
  const width = Math.max(...entries.map(([name]) => name.length));
  return entries.map(([name, value]) => `  ${name.padEnd(width)}  ${visible(JSON.stringify(value))}`);
}
