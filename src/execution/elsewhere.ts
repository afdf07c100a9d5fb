import * as l10n from '@vscode/l10n';
import { sideBySide } from '../evidence/sideBySide';
import { CancelledError, messageOf, OperatorError } from '../model/errors';
import type { RunContext } from './context';
import type { DirectoryName } from './directoryPath';
import { onHost } from './host';
import { hostFunctions } from './hostScript';
import { useFunctions } from './useScript';

/**
 * Tells whether this host uses an instance's directory. Arguments: instances path, libvirt URI, name of the directory,
 * UUID, and the names that virsh may call the host by. Prints `ok nothing`.
 */
const elsewhereScript = `${hostFunctions}${useFunctions}
instances=$1 uri=$2 name=$3 uuid=$4
shift 4
prove "$uri" "$@"
[ "$(id -u)" = 0 ] || refuse not-root "$(id -un)"
list_domains "$uri"
has_domain "$uuid" && refuse domain "$uuid"
refuse_domain_file "$uri" "$name"
[ -d "$instances/$name" ] && refuse_open "$instances/$name"
echo ok nothing
`;

/**
 * For a directory on storage that hosts share: asks every other host of the cloud, just now, whether it has the instance.
 * Rejects when one has, or does not say. `removed`: hosts that are left out, as the section removes their domain first.
 */
export async function requireNowhereElse(
  host: string,
  { name, uuid }: DirectoryName,
  removed: readonly string[],
  context: RunContext,
  signal?: AbortSignal,
): Promise<void> {
  const others = context.hosts.filter((other) => other !== host && !removed.includes(other));
  await sideBySide(others, context.access.configuration.ssh.hostsAtATime, async (other) => {
    try {
      await onHost(context, other, elsewhereScript, [name, uuid], signal ? { signal } : {});
    } catch (error) {
      if (CancelledError.is(error)) throw error;
      throw new OperatorError(
        'stale-evidence',
        l10n.t(
          'The instances path of {0} is on storage that other hosts use too, and {1} may have the instance: {2}',
          host,
          other,
          messageOf(error),
        ),
        l10n.t('See what {0} has of it, then scan again and draft a new plan.', other),
        { cause: error },
      );
    }
  });
}
