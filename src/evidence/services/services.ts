import { cinder } from './cinder';
import { ironic } from './ironic';
import { keystone } from './keystone';
import { neutron } from './neutron';
import { nova } from './nova';
import type { Service } from './service';

/** In the order in which they are asked about candidates: Keystone last, since others may tell the project. */
export const services: readonly Service[] = [nova, neutron, cinder, ironic, keystone];
