import * as l10n from '@vscode/l10n';
import type { Dossier } from '../../model/dossier';
import type { Keep, Scene } from '../../model/scene';
import type { Trap, Signal } from '../declaration';
import { relatedHosts } from '../places';
import { projectOf } from '../../model/projectOf';
import { keepWords } from '../words';

function isKept({ scope, id }: Keep, dossier: Dossier, hosts: readonly string[]): boolean {
  switch (scope) {
    case 'instance':
      return id === dossier.uuid;
    case 'host':
      return hosts.includes(id);
    case 'project':
      return id === projectOf(dossier);
  }
}

function keepOf(signal: Signal, dossier: Dossier, scene: Scene): Keep | undefined {
  if (scene.keeps.length === 0) return undefined;
  const hosts = [...relatedHosts(dossier, scene), ...(signal.host === undefined ? [] : [signal.host])];
  return scene.keeps.find((keep) => isKept(keep, dossier, hosts));
}

/** Somebody said that this is not to be touched. */
export const kept: Trap<Signal> = {
  id: 'kept',
  when: () => ({ legitimate: l10n.t('the instance, a host of it or its project is marked to be kept') }),
  check(signal, dossier, scene) {
    const keep = keepOf(signal, dossier, scene);
    if (keep === undefined) return undefined;
    return { verdict: 'legitimate', text: keepWords(keep) };
  },
  cleared: () => l10n.t('nobody marked it, its host or its project to be kept'),
};
