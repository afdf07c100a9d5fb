import * as l10n from '@vscode/l10n';
import { OperatorError } from '../model/errors';
import type { DirectoryStep } from '../model/plan';
import type { RunContext } from './context';
import { isUuid } from '../model/uuid';

/** Name of the folder in the instances path that keeps what a run took away. */
export const quarantineFolder = '.openstack-zombies-quarantine';

/** What a directory is called from the moment that its removal begins: whoever finds it may finish that, and nothing else. */
export const deletingSuffix = '.deleting';

/** After the UUID: what is copied of a domain before it is undefined. */
export const copySuffix = '.domain';

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

/** A place in the quarantine, below the folder of its run. */
export interface QuarantinePlace {
  readonly run: string;
  /** name of a directory, or what `deletingSuffix` and `copySuffix` say */
  readonly item: string;
}

/** Where a directory that comes back is, or what a purge deletes: it must belong to the directory that the step names. */
export function quarantinePlace(
  step: DirectoryStep,
  instancesPath: string,
  { name, uuid }: DirectoryName,
): QuarantinePlace {
  const [run = '', item = ''] = step.from?.split('/').slice(-2) ?? [];
  const ofPurge = [`${name}${deletingSuffix}`, ...(name === uuid ? [`${uuid}${copySuffix}`] : [])];
  const items = [name, ...(step.then === 'purge' ? ofPurge : [])];
  if (
    !/^[0-9TZ]+-[0-9a-f]+$/.test(run) ||
    !items.includes(item) ||
    step.from !== `${instancesPath}/${quarantineFolder}/${run}/${item}`
  ) {
    throw refused(l10n.t('{0} is not the place of {1} in a quarantine.', step.from ?? '""', step.path));
  }
  return { run, item };
}

/** As the settings have it, or as the plan does: then the host has to confirm it before anything is done. */
export function instancesPathOf({ path }: DirectoryStep, { access }: RunContext): string {
  return access.configuration.instancesPath ?? path.slice(0, path.lastIndexOf('/'));
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
