import * as l10n from '@vscode/l10n';
import type { Dossier } from '../../model/dossier';
import { fields } from './fields';
import { block } from './suspectText';

/** What the other services say of it: nothing of this stands in a row that is shown. */
export function serviceText(dossier: Dossier): string[] {
  const { consumer, volume, floatingIp, provider, computeRecord, novaApi } = dossier;
  const missing = dossier.missingVolumes.map((id) => ({ id }));
  return [
    ...facts(l10n.t('Nova, by its API'), novaApi === undefined ? [] : [{ server: novaApi }]),
    ...facts(l10n.t('Placement: consumer'), [consumer]),
    ...facts(l10n.t('Placement: resource provider'), [provider]),
    ...facts(l10n.t('Neutron: port'), dossier.neutronPorts),
    ...facts(l10n.t('Neutron: floating IP'), [floatingIp]),
    ...facts(l10n.t('Cinder: attachment'), dossier.attachments),
    ...facts(l10n.t('Cinder: volume'), [volume]),
    ...facts(l10n.t('Cinder has no such volume'), missing),
    ...facts(l10n.t('Ironic: node'), dossier.nodes),
    ...facts(l10n.t('Nova: record of a compute host'), [computeRecord]),
    ...(dossier.projectGone ? block(l10n.t('Keystone'), [l10n.t('It has no such project.')]) : []),
  ];
}

function facts(heading: string, records: readonly (object | undefined)[]): string[] {
  return records.flatMap((record) => (record === undefined ? [] : block(heading, fields(record))));
}
