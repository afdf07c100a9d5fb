import * as l10n from '@vscode/l10n';
import type { Dossier } from '../model/dossier';
import { liveRows } from './rows';

/** In one line why the instance is not gone, or has something that decides first. Undefined when it is gone. */
export function whyNotGone(dossier: Dossier): string | undefined {
  if (liveRows(dossier).length > 0) return l10n.t('a cell has a live row of it');
  return dossier.domains.length > 0 ? l10n.t('its domain still exists, and decides first') : undefined;
}

/** The same for what hangs on a row that Nova soft-deleted. */
export function whyNotDeleted(dossier: Dossier): string | undefined {
  return whyNotGone(dossier) ?? (dossier.rows.length === 0 ? l10n.t('no cell has its row') : undefined);
}
