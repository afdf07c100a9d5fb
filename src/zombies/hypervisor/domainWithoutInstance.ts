import * as l10n from '@vscode/l10n';
import { beingBuilt, cellDoubtful, nowhereKnown } from '../traps/absentRow';
import { commonTraps } from '../traps/common';
import { declareKind } from '../declare';
import { type Trap } from '../declaration';
import { novaHasIt } from '../traps/novaHasIt';
import { proof } from '../proof';
import { listed } from '../words';
import { removalOf, virshRungs, type DomainSignal } from './domainRemoval';

const madeByHand: Trap<DomainSignal> = {
  id: 'made-by-hand',
  when: () => ({ legitimate: l10n.t('no metadata of Nova in it, and no database knows the UUID') }),
  check({ strays }, { mapping, leftovers, allocations, deleteActions }) {
    const isKnown =
      mapping !== undefined || [leftovers, allocations, deleteActions].some(({ length }) => length > 0);
    if (isKnown || strays.some(({ nova }) => nova !== undefined)) return undefined;
    return {
      verdict: 'legitimate',
      text: l10n.t('it has no metadata of Nova and no database knows it: it was made by hand'),
    };
  },
  cleared: () => l10n.t('it was not made by hand: Nova knows it, or left its metadata in it'),
};

/** The hypervisor has what Nova never knew, or has forgotten. */
export const domainWithoutInstance = declareKind<DomainSignal>({
  id: 'domain-without-instance',
  needs: ['api-database', 'cell', 'host'],
  thresholds: ['buildingMinutes'],
  about: () => ({
    signal: l10n.t('A domain whose UUID no cell has a row of, neither deleted nor archived.'),
    causes: l10n.t(
      'The row was removed by hand or purged while the host was down; or the domain belongs to another cloud, or to a cell that Nova does not list any more.',
    ),
    fixes: l10n.t(
      'Nova has none: it sees a leftover domain only while the soft-deleted row exists (nova/compute/manager.py, _cleanup_running_deleted_instances). Ask the owner that its `nova:instance` metadata names. Then stop and undefine the domain, with the directory on its host: its XML is saved first. Rows without a parent are purged along.',
    ),
  }),
  traps: [...commonTraps, novaHasIt, madeByHand, cellDoubtful, nowhereKnown, beingBuilt],
  candidate: ({ domains, liveRows }) => domains.length > 0 && liveRows.length === 0,
  signal(dossier, scene) {
    const [first] = dossier.domains;
    if (first === undefined) return l10n.t('no host that was read has a domain of it');
    if (dossier.rows.length > 0) return l10n.t('a cell has a row of it');
    if (dossier.shadowCells.length > 0) return l10n.t('its row was archived');
    return {
      strays: dossier.domains,
      host: first.host,
      why: l10n.t(
        'the domain is on {0}, and no cell has a row of it',
        listed(dossier.domains.map(({ host }) => host)),
      ),
      evidence: proof(dossier, scene),
    };
  },
  ladder: (_signal, { uuid }) => [
    { title: l10n.t('Nova has no fix: it sees a leftover domain only while the soft-deleted row exists') },
    {
      title: l10n.t(
        'ask the owner that the metadata of the domain names, and whether another cloud uses this host',
      ),
    },
    ...virshRungs(uuid),
  ],
  remedy: ({ strays }, dossier, scene) => removalOf(strays, dossier, scene),
});
