import { deletedRow, dossier, row } from '../build';
import type { Specimen } from '../specimen';
import { attachment, floatingIp, node, port, portId, volume } from '../things';
import { heldBareMetalNode } from '../../../../src/zombies/services/heldBareMetalNode';
import { idleFloatingIp } from '../../../../src/zombies/services/idleFloatingIp';
import { orphanAttachment } from '../../../../src/zombies/services/orphanAttachment';
import { orphanPort } from '../../../../src/zombies/services/orphanPort';
import { projectGone } from '../../../../src/zombies/services/projectGone';
import { volumeWithoutAttachment } from '../../../../src/zombies/services/volumeWithoutAttachment';

const gone = { rows: [deletedRow()], novaApi: 'absent' } as const;

export const serviceSpecimens: readonly Specimen[] = [
  {
    kind: projectGone,
    dossier: dossier({ rows: [row()], projectGone: true }),
    verdict: 'confirmed',
    signs: ['project-gone'],
  },
  {
    kind: orphanAttachment,
    dossier: dossier({ ...gone, attachments: [attachment()] }),
    verdict: 'confirmed',
    signs: ['attachment-of-none'],
  },
  {
    kind: orphanPort,
    dossier: dossier({ ...gone, neutronPorts: [port()] }),
    verdict: 'confirmed',
    signs: ['port-of-none'],
  },
  {
    kind: heldBareMetalNode,
    dossier: dossier({ ...gone, nodes: [node()] }),
    verdict: 'confirmed',
    signs: ['node-of-none'],
  },
  {
    kind: volumeWithoutAttachment,
    dossier: dossier({ volume: volume() }),
    verdict: 'suspected',
    signs: ['volume-without-attachment'],
  },
  {
    kind: idleFloatingIp,
    dossier: dossier({ floatingIp: floatingIp({ portId, portGone: true }) }),
    verdict: 'confirmed',
    signs: ['idle-floating-ip'],
  },
];
