import { domainWithoutInstance } from '../../../src/zombies/hypervisor/domainWithoutInstance';
import { leftoverDirectory } from '../../../src/zombies/files/leftoverDirectory';
import { leftoverResizeDirectory } from '../../../src/zombies/files/leftoverResizeDirectory';
import { unfinishedRemoval } from '../../../src/zombies/files/unfinishedRemoval';
import { pciDeviceHeld } from '../../../src/zombies/rows/pciDeviceHeld';
import { untiedRows } from '../../../src/zombies/rows/untiedRows';
import { heldBareMetalNode } from '../../../src/zombies/services/heldBareMetalNode';
import { orphanAttachment } from '../../../src/zombies/services/orphanAttachment';
import { orphanPort } from '../../../src/zombies/services/orphanPort';
import { rowsWithoutParent } from '../../../src/zombies/rows/rowsWithoutParent';
import { cell, cell1, daysAgo, directory, domain, dossier, leftovers, mapping, scene } from './build';
import { expectMissing, expectVerdict } from './expectations';
import { attachment, node, pciDevice, port } from './things';

const rowless = [
  { kind: rowsWithoutParent, zombie: dossier({ leftovers, mapping: mapping() }), otherwise: 'confirmed' },
  {
    kind: domainWithoutInstance,
    zombie: dossier({ leftovers, mapping: mapping(), domains: [domain()] }),
    otherwise: 'suspected',
  },
  {
    kind: leftoverDirectory,
    zombie: dossier({ leftovers, mapping: mapping(), directories: [directory()] }),
    otherwise: 'suspected',
  },
  ...([leftoverResizeDirectory, unfinishedRemoval] as const).map((kind, index) => ({
    kind,
    zombie: dossier({
      leftovers,
      mapping: mapping(),
      directories: [directory('compute-01', { suffix: index === 0 ? '_resize' : '_del' })],
    }),
    otherwise: 'suspected' as const,
  })),
  {
    kind: untiedRows,
    zombie: dossier({ leftovers: [{ database: cell1, table: 'tags', rows: 1 }], mapping: mapping() }),
    otherwise: 'confirmed',
  },
  {
    kind: pciDeviceHeld,
    zombie: dossier({ pciDevices: [pciDevice()], mapping: mapping() }),
    otherwise: 'suspected',
  },
  {
    kind: orphanPort,
    zombie: dossier({ neutronPorts: [port()], novaApi: 'absent', mapping: mapping() }),
    otherwise: 'suspected',
  },
  {
    kind: orphanAttachment,
    zombie: dossier({ attachments: [attachment()], novaApi: 'absent', mapping: mapping() }),
    otherwise: 'suspected',
  },
  {
    kind: heldBareMetalNode,
    zombie: dossier({ nodes: [node()], novaApi: 'absent', mapping: mapping() }),
    otherwise: 'suspected',
  },
] as const;

describe('a cell whose database may not be the one that Nova uses', () => {
  for (const { kind, zombie, otherwise } of rowless) {
    describe(`makes ${kind.id}`, () => {
      it('unknown when a tenth of the instances mapped to it have no row there', () => {
        const cells = new Map([[cell1, cell('cell1', { mapped: 80, missing: 8 })]]);
        expectMissing(
          /8 of the 80 instances .* in cell1 have no row there/,
          expectVerdict('unknown', kind, zombie, scene({ cells })),
        );
      });

      it('unknown when no row of it is as new as the mapping: it was restored from a backup', () => {
        const cells = new Map([[cell1, cell('cell1', { newestAt: daysAgo(91) })]]);
        expectMissing(/restored from a backup/, expectVerdict('unknown', kind, zombie, scene({ cells })));
      });

      it('unknown when it has no row at all', () => {
        const cells = new Map([[cell1, { name: 'cell1', mapped: 1, missing: 1 }]]);
        expectVerdict('unknown', kind, zombie, scene({ cells }));
      });

      it(`${otherwise} when few are missing, and not the newest`, () => {
        const cells = new Map([[cell1, cell('cell1', { mapped: 80, missing: 7 })]]);
        expectVerdict(otherwise, kind, zombie, scene({ cells }));
      });

      it(`${otherwise} when the one that is missing is all that is mapped there but one`, () => {
        const cells = new Map([[cell1, cell('cell1', { mapped: 2, missing: 1 })]]);
        expectVerdict(otherwise, kind, zombie, scene({ cells }));
      });

      it(`${otherwise} when the API database says too that it is being deleted, or it is archived`, () => {
        const cells = new Map([[cell1, cell('cell1', { mapped: 80, missing: 40 })]]);
        const deleted = { ...zombie, mapping: mapping({ queuedForDelete: true }) };
        expectVerdict(otherwise, kind, deleted, scene({ cells }));
      });
    });
  }
});
