import { cell1, daysAgo, deletedRow, dossier, leftovers, migration, row } from '../build';
import type { Specimen } from '../specimen';
import { computeRecord, deletedTables, pciDevice, port, rowsIn, volumeId, wholeTables } from '../things';
import { expiredConsoleToken } from '../../../../src/zombies/rows/expiredConsoleToken';
import { legacyRows } from '../../../../src/zombies/rows/legacyRows';
import { liveRowsOfDeletedInstance } from '../../../../src/zombies/rows/liveRowsOfDeletedInstance';
import { pciDeviceHeld } from '../../../../src/zombies/rows/pciDeviceHeld';
import { rowsWithoutParent } from '../../../../src/zombies/rows/rowsWithoutParent';
import { shareLeftBehind } from '../../../../src/zombies/rows/shareLeftBehind';
import { staleNetworkInfo } from '../../../../src/zombies/rows/staleNetworkInfo';
import { strayComputeRecord } from '../../../../src/zombies/rows/strayComputeRecord';
import { stuckMigration } from '../../../../src/zombies/rows/stuckMigration';
import { tornInstance } from '../../../../src/zombies/rows/tornInstance';
import { untiedRows } from '../../../../src/zombies/rows/untiedRows';
import { volumeGone } from '../../../../src/zombies/rows/volumeGone';

const once = [migration('completed', { sourceCompute: 'compute-01', destCompute: 'compute-01' })];

export const rowSpecimens: readonly Specimen[] = [
  { kind: rowsWithoutParent, dossier: dossier({ leftovers, migrations: once }), verdict: 'confirmed' },
  {
    kind: untiedRows,
    dossier: dossier({ leftovers: [{ database: cell1, table: 'tags', rows: 2 }], migrations: once }),
    verdict: 'confirmed',
  },
  {
    kind: tornInstance,
    dossier: dossier({
      rows: [row()],
      tables: [...wholeTables.slice(1), rowsIn('instance_extra', 0)],
    }),
    verdict: 'suspected',
    signs: ['torn'],
  },
  {
    kind: liveRowsOfDeletedInstance,
    dossier: dossier({ rows: [deletedRow()], tables: wholeTables }),
    verdict: 'confirmed',
    signs: ['live-rows-of-deleted'],
  },
  {
    kind: legacyRows,
    dossier: dossier({ rows: [deletedRow()], tables: [...deletedTables, rowsIn('fixed_ips')] }),
    verdict: 'confirmed',
    signs: ['legacy-rows'],
  },
  {
    kind: shareLeftBehind,
    dossier: dossier({ rows: [deletedRow()], tables: [...deletedTables, rowsIn('share_mapping')] }),
    verdict: 'confirmed',
    signs: ['share-of-deleted'],
  },
  {
    kind: pciDeviceHeld,
    dossier: dossier({ rows: [deletedRow()], pciDevices: [pciDevice()] }),
    verdict: 'confirmed',
    signs: ['pci-device-held'],
  },
  {
    kind: volumeGone,
    dossier: dossier({
      rows: [row()],
      volumes: [{ cell: cell1, volumeId, attachmentId: null }],
      missingVolumes: [volumeId],
    }),
    verdict: 'suspected',
    signs: ['volume-gone'],
  },
  {
    kind: stuckMigration,
    dossier: dossier({ rows: [deletedRow()], migrations: [migration('running', { destCompute: null })] }),
    verdict: 'confirmed',
    signs: ['migration-in-progress'],
  },
  {
    kind: staleNetworkInfo,
    dossier: dossier({ rows: [row()], neutronPorts: [port()] }),
    verdict: 'suspected',
    signs: ['empty-network-info'],
  },
  {
    kind: expiredConsoleToken,
    dossier: dossier({
      rows: [deletedRow()],
      tokensExpiredAt: daysAgo(20),
      tables: [...deletedTables, rowsIn('console_auth_tokens', 2)],
    }),
    verdict: 'confirmed',
    signs: ['expired-token'],
  },
  {
    kind: strayComputeRecord,
    dossier: dossier({ computeRecord: computeRecord() }),
    verdict: 'confirmed',
    signs: ['stray-compute-record'],
  },
];
