import * as l10n from '@vscode/l10n';
import { visible } from '../model/text';

const labelWidth = 10;

/** A comment line that is only read by people. No text can end it, and none can make it a directive. */
export function prose(label: string, text: string): string {
  return remark(`${label.padEnd(labelWidth)} ${text}`);
}

/** As many lines as there are texts, the label on the first. */
export function proseLines(label: string, texts: readonly string[]): string[] {
  return texts.map((text, index) => prose(index === 0 ? label : '', text));
}

/** A comment line above a statement or a directive. */
export function remark(text: string): string {
  return `-- ${visible(text).replace(/^(\s*)@/, '$1\\u0040')}`.trimEnd();
}

/** The line above the statement that stops a plain client. */
export function stopRemark(): string {
  return remark(l10n.t('The next line stops a plain client here: it would skip the steps on the hosts.'));
}

/** Bytes as a person says them, in binary units. */
export function size(bytes: number): string {
  const units = ['bytes', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'];
  const power = bytes < 1 ? 0 : Math.min(Math.floor(Math.log2(bytes) / 10), units.length - 1);
  const value = bytes / 1024 ** power;
  return `${power === 0 ? value : value.toFixed(1)} ${units[power] ?? ''}`;
}
