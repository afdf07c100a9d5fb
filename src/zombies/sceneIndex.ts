import type { Scene } from '../model/scene';
import type { Source } from '../model/source';

interface SceneIndex {
  /** by id */
  readonly sources: ReadonlyMap<string, Source>;
  /** the API database and the cells */
  readonly databases: readonly Source[];
  /** names of the hosts that did not answer completely */
  readonly unreadHosts: readonly string[];
  /** name of the host by the name of its node */
  readonly hostByNode: ReadonlyMap<string, string>;
}

const known = new WeakMap<Scene, SceneIndex>();

/** Made once for a scene: a cloud has thousands of sources, and each is asked for by every dossier. */
export function indexOf(scene: Scene): SceneIndex {
  let index = known.get(scene);
  if (index === undefined) {
    index = {
      sources: new Map(scene.sources.map((source) => [source.id, source])),
      databases: scene.sources.filter(({ kind }) => kind === 'api-database' || kind === 'cell'),
      unreadHosts: [...scene.hosts.values()].filter(({ source }) => !source.complete).map(({ name }) => name),
      hostByNode: new Map(
        [...scene.hosts.values()].flatMap(({ name, nodes }) => nodes.map((node) => [node, name] as const)),
      ),
    };
    known.set(scene, index);
  }
  return index;
}
