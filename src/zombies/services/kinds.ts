import type { ZombieKind } from '../declare';
import { heldBareMetalNode } from './heldBareMetalNode';
import { idleFloatingIp } from './idleFloatingIp';
import { orphanAttachment } from './orphanAttachment';
import { orphanPort } from './orphanPort';
import { projectGone } from './projectGone';
import { volumeWithoutAttachment } from './volumeWithoutAttachment';

/** Neutron, Cinder, Keystone or Ironic know of what Nova does not have. */
export const serviceKinds: readonly ZombieKind[] = [
  projectGone,
  orphanAttachment,
  orphanPort,
  heldBareMetalNode,
  volumeWithoutAttachment,
  idleFloatingIp,
];
