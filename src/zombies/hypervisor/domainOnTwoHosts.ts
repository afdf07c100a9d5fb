import * as l10n from '@vscode/l10n';
import { isActive } from '../../model/domain';
import { commonTraps } from '../traps/common';
import { declareKind } from '../declare';
import { type Trap } from '../declaration';
import { elsewhereTraps, type ElsewhereSignal } from '../traps/elsewhere';
import { hiddenCopy, twoLiveRows } from '../traps/liveRow';
import { instanceLives, taskRunning } from '../traps/lives';
import { proof } from '../proof';
import { hostOf, isBeingDeleted, liveRows } from '../rows';
import { listed } from '../words';
import { virshRungs } from './domainRemoval';

/** A copy is stale only when the instance was seen to be at home. */
const homeWithout: Trap<ElsewhereSignal> = {
  id: 'home-without',
  when: () => ({
    unknown: l10n.t('the host of the row has no domain of it, or one that is off while another runs'),
  }),
  check({ strays, home }, { domains }) {
    if (home === undefined) return undefined;
    const own = domains.find(({ host }) => host === home);
    const running = strays.filter(isActive).map(({ host }) => host);
    if (own === undefined) {
      return {
        verdict: 'unknown',
        text: l10n.t(
          'the row names {0}, which has no domain of it: which copy is the instance is not known',
          home,
        ),
      };
    }
    if (isActive(own) || running.length === 0) return undefined;
    return {
      verdict: 'unknown',
      text: l10n.t(
        'the domain on {0}, which the row names, is off, and the one on {1} runs: which is the instance is not known',
        home,
        listed(running),
      ),
    };
  },
  cleared: ({ home }) => l10n.t('the host that the row names has the domain: {0}', home ?? 'NULL'),
};

/** Two machines with one disk between them, or one of them with an old copy of it. */
export const domainOnTwoHosts = declareKind<ElsewhereSignal>({
  id: 'domain-on-two-hosts',
  needs: ['api-database', 'cell', 'host'],
  thresholds: ['strayMinutes'],
  about: () => ({
    signal: l10n.t('A live row, and domains of it on two hosts or more. Not while it is being deleted.'),
    causes: l10n.t(
      'A host came back after its instances were evacuated, or a live migration failed and left a domain on one side.',
    ),
    fixes: l10n.t(
      'Never start a stale copy: two writers destroy the disk (bug 1414065). nova-compute destroys at its start what was evacuated away. Where the host that the row names was seen to have the domain, a copy elsewhere may be stopped and undefined, with the typed word; no directory goes with it.',
    ),
  }),
  traps: [
    ...commonTraps,
    hiddenCopy,
    twoLiveRows,
    taskRunning,
    ...elsewhereTraps,
    homeWithout,
    instanceLives,
  ],
  candidate: ({ domains, liveRows: rows }) => rows.length > 0 && domains.length > 1,
  signal(dossier, scene) {
    const live = liveRows(dossier);
    const [row] = live;
    if (row === undefined) return l10n.t('there is no live row');
    if (live.some(isBeingDeleted)) return l10n.t('it is being deleted: its delete decides on the domains');
    const hosts = dossier.domains.map(({ host }) => host);
    if (hosts.length < 2) return l10n.t('no two hosts have a domain of it');
    const home = hostOf(row);
    const strays = dossier.domains.filter(({ host }) => host !== home);
    const host = strays[0]?.host;
    return {
      row,
      strays,
      ...(home === undefined ? {} : { home }),
      ...(host === undefined ? {} : { host }),
      why: l10n.t('the row names {0}, and domains of it are on {1}', home ?? 'NULL', listed(hosts)),
      evidence: proof(dossier, scene),
      ...(row.updatedAt === null ? {} : { since: row.updatedAt }),
    };
  },
  ladder: ({ host, home }, { uuid }) => [
    {
      title: l10n.t('never start the copy on {0}: two writers destroy the disk', host ?? ''),
    },
    {
      title: l10n.t('after an evacuation: restart nova-compute on {0}, which destroys the copy', host ?? ''),
      command: 'systemctl restart nova-compute',
    },
    { title: l10n.t('look at the locks of its disks on {0}, then by hand on {1}:', home ?? '', host ?? '') },
    ...virshRungs(uuid),
  ],
  remedy: ({ strays }) => ({
    wanted: false,
    depth: 'none',
    depths: ['none'],
    domains: strays,
    directories: [],
    manual: [],
  }),
});
