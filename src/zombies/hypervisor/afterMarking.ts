import * as l10n from '@vscode/l10n';
import type { Rung } from '../../model/suspect';
import { kindTitle } from '../kindTitle';

/**
 * A delete that was sent while nova-compute was down waits in the message broker. The nova-compute that takes it finds
 * the row marked, and may save what it keeps in instance_extra all the same: seen on a real Nova (Zed).
 */
export function afterMarking(host: string): Rung {
  return {
    title: l10n.t(
      'after SQL, scan again when nova-compute on {0} is back: a delete that waited for it in the message broker may write a live row of instance_extra below the marked one. It shows as "{1}", whose repair marks it too',
      host,
      kindTitle('live-rows-of-deleted-instance'),
    ),
  };
}
