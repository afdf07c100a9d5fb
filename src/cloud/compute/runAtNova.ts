import type { CloudConfiguration } from '../configuration';
import type { Shell, ShellOptions, ShellResult } from '../ssh/shell';
import { placeError } from './placeErrors';
import { placeRefused, placeRefusedCode, placeScript } from './placeScript';

/** What decides where a script runs on a compute host. */
export type PlaceSettings = Pick<CloudConfiguration, 'libvirtContainer' | 'libvirtUri' | 'instancesPath'>;

export interface PlacedOptions extends ShellOptions {
  /** the instances path that the work was planned with: where the host has another one by now, nothing is run */
  readonly planned?: string;
}

/**
 * Runs a constant script on a compute host, inside the container of libvirt where there is one. Its $1 is the
 * instances path and its $2 the libvirt URI; `args` follow. Rejects as Shell.run, and with a NotBegunError where it is
 * not certain which libvirt or which path is Nova's.
 */
export async function runAtNova(
  shell: Shell,
  settings: PlaceSettings,
  script: string,
  args: readonly string[],
  { planned = '', ...options }: PlacedOptions = {},
): Promise<ShellResult> {
  const { libvirtContainer = '', libvirtUri, instancesPath = '' } = settings;
  const place = [libvirtContainer, libvirtUri, instancesPath, planned];
  const result = await shell.run(placeScript, [...place, script, ...args], options);
  if (result.code === placeRefusedCode && result.stdout.startsWith(`${placeRefused} `)) {
    const [, reason = '', ...detail] = result.stdout.trim().split(' ');
    throw placeError(shell.host, reason, detail.join(' '));
  }
  return result;
}
