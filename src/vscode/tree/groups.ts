import * as vscode from 'vscode';
import type { KindFamily } from '../../model/kindFamily';

/** Suspects that belong to no host, by the family of their kind. */
export interface Group {
  readonly place: KindFamily;
  readonly icon: string;
  label(): string;
  what(): string;
}

/** In the order of the tree. */
export const groups: readonly Group[] = [
  {
    place: 'hypervisor',
    icon: 'circle-slash',
    label: () => vscode.l10n.t('Suspects without a host'),
    what: () => vscode.l10n.t('Their rows name no host.'),
  },
  {
    place: 'files',
    icon: 'folder',
    label: () => vscode.l10n.t('Directories'),
    what: () => vscode.l10n.t('Files of instances, on no host in particular.'),
  },
  {
    place: 'rows',
    icon: 'references',
    label: () => vscode.l10n.t('Rows of the cells'),
    what: () =>
      vscode.l10n.t('Rows that contradict the row of instances, or whose row of instances is gone.'),
  },
  {
    place: 'cells',
    icon: 'link',
    label: () => vscode.l10n.t('Mappings and requests'),
    what: () => vscode.l10n.t('What the API database says of instances, and the cells do not.'),
  },
  {
    place: 'placement',
    icon: 'pie-chart',
    label: () => vscode.l10n.t('Allocations'),
    what: () => vscode.l10n.t('What Placement holds for instances, and Nova does not.'),
  },
  {
    place: 'services',
    icon: 'plug',
    label: () => vscode.l10n.t('Ports, volumes and projects'),
    what: () => vscode.l10n.t('What Neutron, Cinder, Keystone or Ironic have for instances that are gone.'),
  },
];
