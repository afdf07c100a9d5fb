import * as l10n from '@vscode/l10n';
import type { RunReport, StepReport } from '../model/report';

/** What was done, and how it comes back: by the restore plan, by hand, or not at all. */
export function waysBack({ run, purpose, sections }: RunReport): string[] {
  const all = sections.flatMap(({ steps }) => steps);
  const done = all.filter(({ outcome }) => outcome === 'done');
  const isSaved = ({ expected, bytes, irreversible }: StepReport): boolean =>
    !irreversible && (expected !== undefined || bytes !== undefined);
  const isLost = ({ outcome, irreversible }: StepReport): boolean =>
    irreversible && (outcome === 'done' || outcome === 'unknown');
  return [
    ...(purpose === 'restore' && done.length > 0
      ? [l10n.t('What was brought back stays: a restore has no way back of its own.')]
      : []),
    ...(purpose === 'cleanup' && done.some(isSaved)
      ? [
          l10n.t(
            'Rows and quarantined directories can be brought back with the restore plan of run {0}.',
            run,
          ),
        ]
      : []),
    ...(purpose === 'history' && done.length > 0
      ? [l10n.t('The rows can be brought back with the restore plan of run {0}.', run)]
      : []),
    ...(done.some(({ byHand }) => byHand)
      ? [l10n.t('Domains come back only by hand: virsh define with the XML that their lines name.')]
      : []),
    ...(all.some(isLost) ? [l10n.t('Nothing brings back what is marked irreversible.')] : []),
  ];
}
