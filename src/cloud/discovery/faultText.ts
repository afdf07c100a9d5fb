import * as l10n from '@vscode/l10n';
import type { OsloFault } from './osloFile';

/** What is wrong with a line of a configuration file. The line itself may hold a password and is never shown. */
export function faultText(fault: OsloFault): string {
  switch (fault) {
    case 'no-assignment':
      return l10n.t('This line is neither a section nor an option with "=" or ":".');
    case 'empty-key':
      return l10n.t('This line has no name before its "=" or ":".');
    case 'stray-continuation':
      return l10n.t('This line is indented, but there is no option before it that it could continue.');
    case 'open-bracket':
      return l10n.t('This line begins a section and does not end with "]".');
    case 'empty-section':
      return l10n.t('This line begins a section that has no name.');
    case 'no-section':
      return l10n.t('This option stands before the first section.');
  }
}
