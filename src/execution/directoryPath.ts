import * as l10n from '@vscode/l10n';
import { OperatorError } from '../model/errors';
import type { DirectoryStep } from '../model/plan';
import { isUuid } from '../model/uuid';

/** Name of the folder in the instances path that keeps what a run took away. */
export const quarantineFolder = '.openstack-zombies-quarantine';

/** The directory that a step names: `<uuid>`, `<uuid>_resize` or `<uuid>_del` right below the instances path. */
export interface DirectoryName {
  readonly name: string;
  readonly uuid: string;
}

/** Rejects every path that is not the instance's own: what runs on a host is built from the name, never from the path. */
export function directoryName(step: DirectoryStep, instancesPath: string, uuid: string): DirectoryName {
  const name = step.path.slice(instancesPath.length + 1);
  const suffix = name.slice(uuid.length);
  const isOwn = name.startsWith(uuid) && ['', '_resize', '_del'].includes(suffix);
  if (!isUuid(uuid) || !isOwn || step.path !== `${instancesPath}/${name}` || !isSafe(instancesPath)) {
    throw refused(
      l10n.t('{0} is not a directory of the instance {1} in {2}.', step.path, uuid, instancesPath),
    );
  }
  return { name, uuid };
}

/** The run in whose quarantine a directory is. */
export function quarantineRun(step: DirectoryStep, instancesPath: string, name: string): string {
  const run = step.from?.split('/').at(-2) ?? '';
  if (
    !/^[0-9TZ]+-[0-9a-f]+$/.test(run) ||
    step.from !== `${instancesPath}/${quarantineFolder}/${run}/${name}`
  ) {
    throw refused(l10n.t('{0} is not the place of {1} in a quarantine.', step.from ?? '""', step.path));
  }
  return run;
}

/** The scripts compare the path as text with what the kernel says, so it must hold nothing that is written in two ways. */
function isSafe(instancesPath: string): boolean {
  return /^(\/[\w.@+-]+)+$/.test(instancesPath) && !/\/\.{1,2}(\/|$)/.test(instancesPath);
}

function refused(message: string): OperatorError {
  return new OperatorError(
    'plan-refused',
    message,
    l10n.t('Draft the plan again, and leave the paths as they are.'),
  );
}
