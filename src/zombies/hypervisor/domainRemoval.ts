import * as l10n from '@vscode/l10n';
import type { Dossier } from '../../model/dossier';
import type { Domain } from '../../model/facts';
import type { Scene } from '../../model/scene';
import type { Remedy, Rung } from '../../model/suspect';
import type { Signal } from '../declaration';
import { distinct, purgeOf } from '../remedies';
import { wishForGone } from '../wish';

/** Domains on hosts that no live row names. */
export interface DomainSignal extends Signal {
  readonly strays: readonly Domain[];
}

/** What the plan does with a domain that Nova does not take away. */
export function virshRungs(uuid: string): readonly Rung[] {
  return [
    { title: l10n.t('copy its XML'), command: `virsh -c qemu:///system dumpxml ${uuid}` },
    { title: l10n.t('stop the domain'), command: `virsh -c qemu:///system destroy ${uuid}` },
    {
      title: l10n.t('and remove its definition'),
      command: `virsh -c qemu:///system undefine --managed-save --nvram ${uuid}`,
    },
  ];
}

/** The domains of an instance without a live row, each with the directory beside it. */
export function removalOf(strays: readonly Domain[], dossier: Dossier, scene: Scene): Remedy {
  return {
    wanted: wishForGone(dossier) !== undefined,
    ...purgeOf(dossier, scene),
    domains: strays,
    directories: distinct(
      dossier.directories.filter(({ host }) => strays.some((domain) => domain.host === host)),
      scene,
    ),
  };
}
