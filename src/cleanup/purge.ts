import * as l10n from '@vscode/l10n';
import { directive, planVersion } from './directives';
import { irreversibleRemark } from './directoryProse';
import { stop } from './guards';
import { remark, size, stopRemark } from './prose';

export interface PurgeHeader {
  readonly cloud: string;
  readonly cells: readonly string[];
  /** of the plan that this makes */
  readonly id: string;
  /** ISO 8601, UTC */
  readonly drafted: string;
  /** whose quarantine is deleted */
  readonly runs: readonly string[];
}

export interface PurgeSection {
  readonly uuid: string;
  readonly name: string;
  readonly places: readonly PurgedPlace[];
}

export interface PurgedPlace {
  readonly host: string;
  /** where it was */
  readonly path: string;
  /** where it is in the quarantine */
  readonly from: string;
  readonly bytes: number;
  readonly what: 'directory' | 'rest' | 'copies';
}

/** The plan that deletes what runs keep in quarantine. Nothing brings that back. */
export function purgeDocument(header: PurgeHeader, sections: readonly PurgeSection[]): string {
  const { cloud, cells, id, drafted, runs } = header;
  const places = sections.flatMap((section) => section.places);
  const bytes = places.reduce((sum, place) => sum + place.bytes, 0);
  const head = [
    remark(
      l10n.t(
        'OpenStack Zombies purge of the quarantine. Nothing has been changed yet. Read it, then run it.',
      ),
    ),
    directive('plan', {
      version: planVersion,
      cloud,
      cells,
      id,
      drafted,
      scanned: drafted,
      purpose: 'purge',
    }),
    remark(l10n.t('runs whose way back this ends: {0}', runs.join(', '))),
    irreversibleRemark(l10n.t('all that is deleted, {0} places with {1}', places.length, size(bytes))),
    stopRemark(),
    stop(id),
  ];
  return [head, ...sections.map(purgeLines)].map((lines) => `${lines.join('\n')}\n`).join('\n');
}

function purgeLines({ uuid, name, places }: PurgeSection): string[] {
  return [
    directive('instance', { uuid, name, kind: 'purge', verdict: 'confirmed', depth: 'none' }),
    ...places.flatMap((place) => {
      const { host, path, from, bytes } = place;
      return [
        irreversibleRemark(words(place)),
        directive('directory', { host, path, bytes, then: 'purge', from }),
      ];
    }),
  ];
}

function words({ what, bytes }: PurgedPlace): string {
  switch (what) {
    case 'directory':
      return l10n.t('{0}, deleted with the base images that were kept beside them', size(bytes));
    case 'rest':
      return l10n.t('what is left of a deletion that was cut off');
    case 'copies':
      return l10n.t('the copies of NVRAM and TPM of a domain that was undefined');
  }
}
