import * as l10n from '@vscode/l10n';
import type { Shell } from '../ssh/shell';
import { readConfiguration, type ConfigurationProblem, type NovaConfiguration } from './novaConfiguration';
import { computePlaces, controllerPlaces, placementPlaces, type Place } from './places';
import { readFiles, type FileLook, type FileRead, type ReadOptions } from './readFiles';

/** What a host says about Nova. Passwords are in fields of that name and nowhere else. */
export interface FoundConfiguration {
  readonly host: string;
  /** every file that was looked for, with what came of it; patterns that matched nothing are left out */
  readonly files: readonly FileLook[];
  /** all that are there, the best first */
  readonly configurations: readonly NovaConfiguration[];
  /** the one to use; absent when none says what is asked for, or two contradict each other */
  readonly best?: NovaConfiguration;
  /** what no single configuration can say */
  readonly problems: readonly ConfigurationProblem[];
}

export interface FoundController extends FoundConfiguration {
  /** of Placement itself, if it is on this host */
  readonly placement: readonly NovaConfiguration[];
  /** whose `placementDatabase` to use */
  readonly bestPlacement?: NovaConfiguration;
}

/**
 * Looks on a controller for the configuration of Nova's API services and of Placement, in one round trip.
 * Rejects with an OperatorError, or CancelledError; what a file lacks is a problem, no error.
 */
export async function findNovaConf(shell: Shell, options: ReadOptions = {}): Promise<FoundController> {
  const files = await readPlaces(shell, [...controllerPlaces, ...placementPlaces], options);
  const configurations = configurationsOf(controllerPlaces, files);
  const placement = configurationsOf(placementPlaces, files);
  const api = choose(configurations, ({ apiDatabase }) => apiDatabase?.address);
  const own = choose(
    [...placement, ...configurations],
    ({ placementDatabase }) => placementDatabase?.address,
  );
  return {
    host: shell.host,
    files: files.map(withoutText),
    configurations,
    placement,
    ...(api.best ? { best: api.best } : {}),
    ...(own.best ? { bestPlacement: own.best } : {}),
    problems: [
      ...api.others.map((other) => contradiction(other, '[api_database] connection')),
      ...own.others.map((other) => contradiction(other, '[placement_database] connection')),
    ],
  };
}

/** Looks on a compute host for the configuration of nova-compute, in one round trip. Rejects as `findNovaConf`. */
export async function findComputeConf(shell: Shell, options: ReadOptions = {}): Promise<FoundConfiguration> {
  const files = await readPlaces(shell, computePlaces, options);
  const configurations = configurationsOf(computePlaces, files);
  const { best, others } = choose(configurations, ({ instancesPath, host, myIp, connectionUri }) =>
    instancesPath === undefined ? undefined : { instancesPath, host, myIp, connectionUri },
  );
  return {
    host: shell.host,
    files: files.map(withoutText),
    configurations,
    ...(best ? { best } : {}),
    problems: [
      ...others.map((other) => contradiction(other, 'instances_path, host, my_ip, connection_uri')),
      ...(best?.deployment === 'kolla' ? best.paths.slice(-1).map(insideContainer) : []),
    ],
  };
}

async function readPlaces(
  shell: Shell,
  places: readonly Place[],
  options: ReadOptions,
): Promise<readonly FileRead[]> {
  return readFiles(shell, [...new Set(places.flatMap(({ layers }) => layers))], options);
}

/** The places of which at least one file of their own is there; each match of a star may be a place of its own. */
function configurationsOf(places: readonly Place[], files: readonly FileRead[]): NovaConfiguration[] {
  return places.flatMap((place) => {
    const own = files.filter(({ path, state }) => state !== 'absent' && matches(path, place.own));
    if (own.length === 0) return [];
    const [only] = place.layers;
    if (place.layers.length === 1 && only?.includes('*')) {
      return own.map((file) => readConfiguration(place, [file]));
    }
    const layers = place.layers.flatMap((layer) =>
      files.filter(({ path }) => matches(path, [layer])).sort(byPath),
    );
    return [readConfiguration(place, layers)];
  });
}

/** The first that says something; `others` say something else, and then none is the best. */
function choose(
  configurations: readonly NovaConfiguration[],
  said: (configuration: NovaConfiguration) => unknown,
): { best?: NovaConfiguration; others: readonly NovaConfiguration[] } {
  const speaking = configurations.filter((each) => said(each) !== undefined);
  const different = new Set(speaking.map((each) => JSON.stringify(said(each))));
  const [best] = speaking;
  if (different.size > 1) return { others: speaking };
  return { ...(best ? { best } : {}), others: [] };
}

function contradiction({ paths }: NovaConfiguration, what: string): ConfigurationProblem {
  const path = paths.at(-1) ?? '';
  return { path, message: l10n.t('Another configuration on this host says something else about {0}.', what) };
}

function insideContainer(path: string): ConfigurationProblem {
  return {
    path,
    message: l10n.t(
      'Folders are those of a container. On the host they may be elsewhere, such as in a volume.',
    ),
  };
}

function matches(path: string, patterns: readonly string[]): boolean {
  return patterns.some((pattern) => {
    const [before = '', after] = pattern.split('*');
    if (path === pattern) return true;
    if (after === undefined || path.length <= before.length + after.length) return false;
    const name = path.slice(before.length, path.length - after.length);
    return path.startsWith(before) && path.endsWith(after) && !name.includes('/');
  });
}

/** By code points, as Python sorts the files of a folder. */
function byPath(one: FileRead, other: FileRead): number {
  return Buffer.compare(Buffer.from(one.path), Buffer.from(other.path));
}

function withoutText({ path, state }: FileRead): FileLook {
  return { path, state };
}
