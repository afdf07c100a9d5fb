import * as l10n from '@vscode/l10n';
import { CancelledError, OperatorError, messageOf } from '../model/errors';
import type { Clock, Logger } from '../model/ports';
import { placementSourceId, type Gap, type Source, type SourceKind } from '../model/source';

export interface SourceName {
  readonly id: string;
  readonly kind: SourceKind;
  readonly name: string;
}

export const placementSource: SourceName = {
  id: placementSourceId,
  kind: 'placement',
  name: 'placement',
};

/** Why a source could not be read, for the operator. A cancelled reading is no gap: it is thrown on. */
export function gapOf(error: unknown, logger: Logger): Gap {
  if (CancelledError.is(error)) {
    throw error;
  }
  if (OperatorError.is(error)) {
    return { code: error.code, message: error.message, action: error.action };
  }
  logger.error(
    `Unexpected while reading: ${error instanceof Error ? (error.stack ?? error.message) : messageOf(error)}`,
  );
  return {
    code: 'command-failed',
    message: l10n.t('It could not be read: {0}', messageOf(error)),
    action: l10n.t('Scan again; if it happens again, the log tells more.'),
  };
}

/** A source is complete exactly when nothing speaks against it. */
export function sourceOf(name: SourceName, clock: Clock, gap?: Gap): Source {
  const readAt = clock.now().toISOString();
  return gap ? { ...name, complete: false, gap, readAt } : { ...name, complete: true, readAt };
}
