import * as l10n from '@vscode/l10n';
import type { Depth } from '../model/suspect';

export function depthWord(depth: Depth): string {
  switch (depth) {
    case 'none':
      return l10n.t('No rows');
    case 'api':
      return l10n.t('By the API');
    case 'repair':
      return l10n.t('Repair');
    case 'mark-deleted':
      return l10n.t('Mark deleted');
    case 'purge':
      return l10n.t('Purge');
    case 'complete':
      return l10n.t('Complete removal');
    case 'archive':
      return l10n.t('Archive');
  }
}

/** What it does to the rows. */
export function depthDetail(depth: Depth): string {
  switch (depth) {
    case 'none':
      return l10n.t('No row is touched: only domains and directories on the hosts are removed.');
    case 'api':
      return l10n.t('Nova is asked to delete the instance: the official way, to be tried first.');
    case 'repair':
      return l10n.t('Only what is wrong is set right: the instance itself stays as it is.');
    case 'mark-deleted':
      return l10n.t(
        "Rows stay and are marked deleted, as Nova's own delete does it; Nova archives them later.",
      );
    case 'purge':
      return l10n.t('Rows that are left over without their instance are deleted.');
    case 'complete':
      return l10n.t(
        'Every row of the instance is deleted from every database; Nova forgets it. The run saves them first.',
      );
    case 'archive':
      return l10n.t("Rows move to Nova's shadow tables, where Nova keeps what it has deleted.");
  }
}
