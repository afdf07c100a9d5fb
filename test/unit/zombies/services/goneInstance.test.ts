import assert from 'node:assert/strict';
import type { Dossier } from '../../../../src/model/dossier';
import { heldBareMetalNode } from '../../../../src/zombies/services/heldBareMetalNode';
import { orphanAttachment } from '../../../../src/zombies/services/orphanAttachment';
import { orphanPort } from '../../../../src/zombies/services/orphanPort';
import { cell1, deletedRow, domain, dossier, leftovers, minutesAgo, row, scene } from '../build';
import { expectMissing, expectNone, expectVerdict } from '../expectations';
import { attachment, node, port, without } from '../things';

const kept = [
  { kind: orphanPort, facts: { neutronPorts: [port()] } },
  { kind: orphanAttachment, facts: { attachments: [attachment()] } },
  { kind: heldBareMetalNode, facts: { nodes: [node()] } },
] as const;

describe('what another service keeps for an instance that is gone', () => {
  for (const { kind, facts } of kept) {
    const zombie = dossier({ rows: [deletedRow()], novaApi: 'absent', ...facts });

    describe(`as ${kind.id}`, () => {
      it('is confirmed and wanted when Nova deleted the instance', () => {
        const { remedy } = expectVerdict('confirmed', kind, zombie, scene());
        assert.deepEqual([remedy.wanted, remedy.depths], [true, ['none']]);
        const archived = { ...zombie, rows: [], shadowCells: [cell1] };
        expectVerdict('confirmed', kind, archived, scene());
      });

      it('is not found of a live instance: not of one that is shelved, nor of one that is soft-deleted', () => {
        for (const vmState of ['active', 'shelved_offloaded', 'soft-delete', 'building']) {
          const live: Dossier = { ...zombie, rows: [row({ vmState, host: null, node: null })] };
          expectNone(/live row/, kind, live, scene());
        }
      });

      it('is not found while a domain of it exists', () => {
        expectNone(/its domain still exists/, kind, { ...zombie, domains: [domain()] }, scene());
      });

      it('is unknown when Nova’s API has the instance: another region’s, or a cell that was not read', () => {
        const known: Dossier = { ...zombie, novaApi: 'present' };
        expectMissing(/Nova’s API has the instance/, expectVerdict('unknown', kind, known, scene()));
      });

      it('is suspected when Nova’s API did not say: 503 is not 404', () => {
        const unasked = without(zombie, 'novaApi');
        expectMissing(/did not say/, expectVerdict('suspected', kind, unasked, scene()));
      });

      it('is suspected when no cell has ever had it: another Nova may share the service', () => {
        const unheard = { ...zombie, rows: [], leftovers };
        const finding = expectVerdict('suspected', kind, unheard, scene());
        expectMissing(/no cell has a row of it/, finding);
        assert.equal(finding.remedy.wanted, false);
      });

      it('is legitimate while it is being built, or when it was deleted a short time ago', () => {
        const building = { ...zombie, rows: [], buildRequestedAt: minutesAgo(1) };
        expectVerdict('legitimate', kind, building, scene());
        // which is what Nova's API has of it
        const shown: Dossier = { ...building, novaApi: 'present' };
        expectVerdict('legitimate', kind, shown, scene());
        expectVerdict('unknown', kind, { ...shown, buildRequestedAt: minutesAgo(600) }, scene());
        expectVerdict('unknown', kind, { ...shown, rows: [deletedRow()] }, scene());
        const young = { ...zombie, rows: [deletedRow({ deletedAt: minutesAgo(5) })] };
        expectMissing(/may not be over/, expectVerdict('legitimate', kind, young, scene()));
      });

      it('is not found where the service has nothing of it', () => {
        expectNone(/ it$/, kind, dossier({ rows: [deletedRow()] }), scene());
      });

      it('writes no command around what is no UUID', () => {
        const strange = '$(reboot)';
        const hostile: Dossier = {
          ...zombie,
          neutronPorts: zombie.neutronPorts.map((each) => ({ ...each, id: strange })),
          attachments: zombie.attachments.map((each) => ({ ...each, id: strange })),
          nodes: zombie.nodes.map((each) => ({ ...each, uuid: strange })),
        };
        const { remedy, ladder } = expectVerdict('confirmed', kind, hostile, scene({ apis: true }));
        assert.deepEqual(remedy.manual, []);
        assert.ok(ladder.every(({ command = '' }) => !command.includes(strange)));
      });
    });
  }
});
