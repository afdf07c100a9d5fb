import type { CommandId } from './commandIds';
import { removeCloud } from './commands/clouds';
import { draftHost, draftKind, draftOne, draftPlan } from './commands/draft';
import { clearFilter, filter, showMore } from './commands/filter';
import { endKeeping, exportKept, importKept, keep, showKept } from './commands/keeping';
import { draftHistory } from './commands/history';
import { closeLookUp, copyUuid, explain, lookUp, showAll } from './commands/instances';
import { deleteRun, goOn, leaveRun } from './commands/interrupted';
import { dryRun, runPlan, runSection } from './commands/run';
import { openRestore, purgeRun } from './commands/restore';
import {
  openAuditRecord,
  openRunFolder,
  refreshRuns,
  showRunJournal,
  showRunPlan,
  showRunReport,
} from './commands/runDocuments';
import { refresh, scanCloud, scanHost, stopScan } from './commands/scan';
import { copyCommand, countChange, markDone, runSelect } from './commands/statements';
import type { Handler, Parts } from './parts';
import { addCloud } from './wizard/addCloud';
import { editCloud } from './wizard/editCloud';
import { showExample } from './wizard/showExample';

/** What each command does. */
export const commandTable: Readonly<Record<CommandId, (parts: Parts) => Handler>> = {
  'openstackZombies.addCloud': addCloud,
  'openstackZombies.editCloud': editCloud,
  'openstackZombies.showExample': showExample,
  'openstackZombies.removeCloud': removeCloud,
  'openstackZombies.scanCloud': scanCloud,
  'openstackZombies.scanHost': scanHost,
  'openstackZombies.stopScan': stopScan,
  'openstackZombies.refresh': refresh,
  'openstackZombies.lookUp': lookUp,
  'openstackZombies.closeLookUp': closeLookUp,
  'openstackZombies.draftPlan': draftPlan,
  'openstackZombies.draftHost': draftHost,
  'openstackZombies.draftKind': draftKind,
  'openstackZombies.draftOne': draftOne,
  'openstackZombies.draftHistory': draftHistory,
  'openstackZombies.runPlan': runPlan,
  'openstackZombies.runSection': runSection,
  'openstackZombies.dryRun': dryRun,
  'openstackZombies.countChange': countChange,
  'openstackZombies.runSelect': runSelect,
  'openstackZombies.markDone': markDone,
  'openstackZombies.copyCommand': copyCommand,
  'openstackZombies.showAll': showAll,
  'openstackZombies.explain': explain,
  'openstackZombies.copyUuid': copyUuid,
  'openstackZombies.keep': keep,
  'openstackZombies.showKept': showKept,
  'openstackZombies.endKeeping': endKeeping,
  'openstackZombies.exportKept': exportKept,
  'openstackZombies.importKept': importKept,
  'openstackZombies.openRestore': openRestore,
  'openstackZombies.goOn': goOn,
  'openstackZombies.leaveRun': leaveRun,
  'openstackZombies.purgeRun': purgeRun,
  'openstackZombies.deleteRun': deleteRun,
  'openstackZombies.showRunPlan': showRunPlan,
  'openstackZombies.showRunReport': showRunReport,
  'openstackZombies.showRunJournal': showRunJournal,
  'openstackZombies.openRunFolder': openRunFolder,
  'openstackZombies.refreshRuns': refreshRuns,
  'openstackZombies.openAuditRecord': openAuditRecord,
  'openstackZombies.filter': filter,
  'openstackZombies.clearFilter': clearFilter,
  'openstackZombies.showMore': showMore,
  'openstackZombies.showLog':
    ({ log }) =>
    () => {
      log.show();
    },
};
