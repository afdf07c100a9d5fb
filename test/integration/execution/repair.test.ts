import assert from 'node:assert/strict';
import { draft } from '../../../src/cleanup/draft';
import { parse } from '../../../src/cleanup/parse';
import { readContents } from '../../../src/evidence/contents';
import type { RunContext } from '../../../src/execution/context';
import { dryRunPlan } from '../../../src/execution/dryRunPlan';
import { restorePlanText } from '../../../src/execution/restorePlan';
import { runPlan } from '../../../src/execution/runPlan';
import type { RunReport } from '../../../src/model/report';
import type { RowRepair } from '../../../src/model/rowRepair';
import { startCloud, type DemoCloud } from '../../cloud/demoCloud';
import { cellIn, cloudName, contextOn } from './bench';
import { changedTables, suspectOf } from './repairSubject';

const volumeId = '5b1fd6a0-2f0b-4e8e-9a53-0d2c5f2f7c11';
const schema = 'nova_cell1';

for (const release of ['victoria', 'zed', 'epoxy'] as const) {
  describe(`a repair on the schema of ${release}`, function () {
    this.timeout(120_000);
    let cloud: DemoCloud;
    let context: RunContext;
    let cell: string;
    let uuid: string;

    before(async () => {
      cloud = await startCloud({ name: `integration-repair-${release}`, schema: release, hosts: false });
    });
    after(() => cloud.stop());

    beforeEach(async () => {
      await cloud.reset();
      context = await contextOn(cloud);
      cell = cellIn(context, schema);
      [[uuid = ''] = []] = await sql(
        `SELECT uuid FROM instances WHERE deleted = 0 AND task_state IS NULL AND host = 'compute-02' ORDER BY id LIMIT 1`,
      );
    });

    function sql(statement: string): Promise<string[][]> {
      return cloud.sql(statement, schema);
    }

    /** Somebody's UPDATE: nothing else is as Nova's own delete leaves it. */
    async function deleteByHand(set: string): Promise<void> {
      await sql(`UPDATE instances SET vm_state = 'deleted', ${set} WHERE uuid = '${uuid}'`);
    }

    async function textOf(repairs: readonly RowRepair[]): Promise<string> {
      const contents = await readContents(context.access, context.cells, [uuid]);
      const { text, refused } = draft({
        cloud: cloudName,
        cells: context.cells.map((each) => each.uuid),
        id: 'a-plan',
        drafted: '2026-11-23T10:31:07Z',
        scanned: '2026-11-23T10:30:51Z',
        subjects: [{ suspect: suspectOf(uuid, repairs), contents: contents.get(uuid) ?? [] }],
        directories: 'quarantine',
      });
      assert.deepEqual(refused, []);
      return text.replace('typed=""', `typed="${uuid.slice(0, 8)}"`);
    }

    async function runWell(
      how: typeof runPlan,
      text: string,
      repairs: readonly RowRepair[],
    ): Promise<RunReport> {
      assert.deepEqual(parse(text).problems, []);
      const look = (): ReturnType<RunContext['look']> =>
        Promise.resolve(new Map([[uuid, suspectOf(uuid, repairs)]]));
      const report = await how(parse(text), text, { ...context, look }, {});
      assert.deepEqual(
        report.sections.map(({ problem }) => problem),
        [undefined],
      );
      return report;
    }

    /** Dry-runs, runs and takes back. Gives the tables that the run changed, and what a query says after it. */
    async function repair(
      query: string,
      ...repairs: RowRepair[]
    ): Promise<{ tables: string[]; found: string[][] }> {
      const before = await cloud.dump();
      const text = await textOf(repairs);
      const tried = await runWell(dryRunPlan, text, repairs);
      assert.ok(tried.sections.every(({ outcome }) => outcome === 'rolled-back'));
      assert.equal(await cloud.dump(), before, 'a dry run leaves nothing behind');
      const done = await runWell(runPlan, text, repairs);
      const [after, found] = [await cloud.dump(), await sql(query)];
      const back = await restorePlanText(context.folder, done.run, context.clock);
      await runWell(runPlan, back, repairs);
      assert.equal(await cloud.dump(), before, 'the restore script brings it back to the byte');
      return { tables: changedTables(before, after), found };
    }

    it('gives up a migration, and leaves its row', async () => {
      await sql(
        `INSERT INTO migrations (id, instance_uuid, status, source_compute, deleted) VALUES (9001, '${uuid}', 'running', 'compute-02', 0)`,
      );
      const { tables, found } = await repair(
        'SELECT status, deleted, updated_at > UTC_TIMESTAMP() - INTERVAL 1 MINUTE FROM migrations WHERE id = 9001',
        { do: 'end-migration', cell, id: 9001, status: 'running' },
      );
      assert.deepEqual(found, [['error', '0', '1']]);
      assert.deepEqual(tables, ['migrations']);
    });

    it('forgets a volume, and no other block device', async () => {
      await sql(
        `INSERT INTO block_device_mapping (id, instance_uuid, volume_id, source_type, destination_type, deleted)
           VALUES (9001, '${uuid}', '${volumeId}', 'volume', 'volume', 0), (9002, '${uuid}', '${uuid}', 'volume', 'volume', 0)`,
      );
      const { tables, found } = await repair(
        'SELECT id, deleted, deleted_at IS NULL FROM block_device_mapping WHERE id > 9000 ORDER BY id',
        { do: 'forget-volume', cell, volumeId },
      );
      assert.deepEqual(found, [
        ['9001', '9001', '0'],
        ['9002', '0', '1'],
      ]);
      assert.deepEqual(tables, ['block_device_mapping']);
    });

    it('finishes a delete by hand: the row and all that hangs on it is marked as Nova does', async () => {
      await deleteByHand('deleted = 1, deleted_at = NULL');
      await sql(
        `INSERT INTO tags (resource_id, tag) VALUES ('${uuid}', 'web');
         INSERT INTO console_auth_tokens (token_hash, console_type, host, port, instance_uuid, expires)
           VALUES ('x', 'novnc', 'compute-02', 1, '${uuid}', 1)`,
      );
      const { tables, found } = await repair(
        `SELECT deleted = id, deleted_at > UTC_TIMESTAMP() - INTERVAL 1 MINUTE, vm_state FROM instances WHERE uuid = '${uuid}'
         UNION ALL SELECT deleted = id, deleted_at > UTC_TIMESTAMP() - INTERVAL 1 MINUTE, 'extra' FROM instance_extra WHERE instance_uuid = '${uuid}'
         UNION ALL SELECT 'tag', tag, '' FROM tags WHERE resource_id = '${uuid}'
         UNION ALL SELECT 'token', token_hash, '' FROM console_auth_tokens WHERE instance_uuid = '${uuid}'`,
        { do: 'remove-rows', cell, table: 'tags' },
        { do: 'remove-rows', cell, table: 'console_auth_tokens' },
        { do: 'finish-delete', cell },
      );
      assert.deepEqual(found, [
        ['1', '1', 'deleted'],
        ['1', '1', 'extra'],
      ]);
      assert.ok(tables.includes('instance_info_caches') && tables.includes('instance_system_metadata'));
      assert.ok(tables.includes('tags') && tables.includes('console_auth_tokens'));
      assert.ok(!tables.includes('instance_actions'));
    });

    it('queues its mapping in the same plan', async () => {
      await deleteByHand('deleted = 1, deleted_at = NULL');
      const { tables, found } = await repair(
        `SELECT queued_for_delete FROM nova_api.instance_mappings WHERE instance_uuid = '${uuid}'
         UNION ALL SELECT deleted = id FROM instances WHERE uuid = '${uuid}'`,
        { do: 'finish-delete', cell },
        { do: 'queue-mapping' },
      );
      assert.deepEqual(found, [['1'], ['1']]);
      assert.ok(tables.includes('instances') && tables.includes('instance_mappings'));
    });

    it('keeps the time at which it was deleted, and the row where only what hangs on it is live', async () => {
      const when = '2026-10-01 10:00:00';
      await deleteByHand(`deleted = id, deleted_at = '${when}'`);
      const { tables, found } = await repair(`SELECT deleted_at FROM instances WHERE uuid = '${uuid}'`, {
        do: 'finish-delete',
        cell,
      });
      assert.deepEqual(found, [[when]]);
      assert.ok(tables.includes('instance_extra') && !tables.includes('instances'));
      await deleteByHand(`deleted = 1, deleted_at = '${when}'`);
      const marked = await repair(`SELECT deleted_at, deleted = id FROM instances WHERE uuid = '${uuid}'`, {
        do: 'finish-delete',
        cell,
      });
      assert.deepEqual(marked.found, [[when, '1']]);
    });

    it('removes rows, and frees inventory', async () => {
      await deleteByHand('deleted = id');
      await sql(
        `INSERT INTO consoles (instance_uuid) VALUES ('${uuid}');
         INSERT INTO fixed_ips (id, instance_uuid, allocated, address) VALUES (9001, '${uuid}', 1, '10.0.0.7');
         INSERT INTO pci_devices (id, compute_node_id, address, product_id, vendor_id, dev_type, label, status, instance_uuid, request_id, deleted)
           SELECT 9001, MIN(id), '0000:81:00.1', '1', '1', 'type-PCI', 'x', 'allocated', '${uuid}', '${volumeId}', 0 FROM compute_nodes`,
      );
      const { tables, found } = await repair(
        `SELECT p.status, p.instance_uuid, p.request_id, f.instance_uuid, f.allocated, f.address
           FROM pci_devices p, fixed_ips f WHERE p.id = 9001 AND f.id = 9001`,
        { do: 'remove-rows', cell, table: 'pci_devices' },
        { do: 'remove-rows', cell, table: 'consoles' },
        { do: 'remove-rows', cell, table: 'fixed_ips' },
      );
      assert.deepEqual(found, [['available', 'NULL', 'NULL', 'NULL', '0', '10.0.0.7']]);
      assert.deepEqual(tables, ['consoles', 'fixed_ips', 'pci_devices']);
    });

    it('removes the console tokens of a live instance', async () => {
      await sql(
        `INSERT INTO console_auth_tokens (token_hash, console_type, host, port, instance_uuid, expires)
           VALUES ('x', 'novnc', 'compute-02', 1, '${uuid}', 1)`,
      );
      const { tables, found } = await repair(
        `SELECT COUNT(*) FROM console_auth_tokens WHERE instance_uuid = '${uuid}'`,
        { do: 'remove-rows', cell, table: 'console_auth_tokens' },
      );
      assert.deepEqual(found, [['0']]);
      assert.deepEqual(tables, ['console_auth_tokens']);
    });

    it('queues the mapping of a deleted row, and changes nothing in the cell', async () => {
      await deleteByHand('deleted = id');
      const { tables, found } = await repair(
        `SELECT queued_for_delete FROM nova_api.instance_mappings WHERE instance_uuid = '${uuid}'`,
        { do: 'queue-mapping' },
      );
      assert.deepEqual(found, [['1']]);
      assert.deepEqual(tables, ['instance_mappings']);
    });

    /** Something else happens between the draft and the run. */
    async function isUnmet(wanted: RowRepair, meanwhile: string): Promise<void> {
      const text = await textOf([wanted]);
      await sql(meanwhile);
      const before = await cloud.dump();
      const seen = new Map([[uuid, suspectOf(uuid, [wanted])]]);
      const report = await runPlan(parse(text), text, { ...context, look: () => Promise.resolve(seen) }, {});
      assert.equal(report.sections[0]?.problem?.code, 'guard-unmet');
      assert.equal(await cloud.dump(), before);
    }

    it('does not queue the mapping when the row came back to life', async () => {
      await deleteByHand('deleted = id');
      await isUnmet({ do: 'queue-mapping' }, `UPDATE instances SET deleted = 0 WHERE uuid = '${uuid}'`);
    });

    /** As nova-conductor leaves it when it dies between the row and its mapping, and somebody asked for a delete. */
    async function forgetCell(): Promise<void> {
      await sql(`UPDATE nova_api.instance_mappings SET cell_id = NULL WHERE instance_uuid = '${uuid}';
        DELETE FROM nova_api.build_requests WHERE instance_uuid = '${uuid}'`);
    }

    it('gives a mapping the cell of its live row, and changes nothing in the cell', async () => {
      await forgetCell();
      const { tables, found } = await repair(
        `SELECT c.uuid, m.updated_at > UTC_TIMESTAMP() - INTERVAL 1 MINUTE FROM nova_api.instance_mappings m
           JOIN nova_api.cell_mappings c ON c.id = m.cell_id WHERE m.instance_uuid = '${uuid}'`,
        { do: 'map-to-cell', cell },
      );
      assert.deepEqual(found, [[cell, '1']]);
      assert.deepEqual(tables, ['instance_mappings']);
    });

    const meanwhile: readonly [string, (uuid: string) => string][] = [
      [
        'a build request came',
        (of) => `INSERT INTO nova_api.build_requests (project_id, instance_uuid) VALUES ('p', '${of}')`,
      ],
      [
        'the mapping got a cell',
        (of) => `UPDATE nova_api.instance_mappings SET cell_id = 1 WHERE instance_uuid = '${of}'`,
      ],
      ['the row went', (of) => `UPDATE instances SET deleted = id WHERE uuid = '${of}'`],
    ];
    for (const [what, statement] of meanwhile) {
      it(`gives a mapping no cell when ${what} meanwhile`, async () => {
        await forgetCell();
        await isUnmet({ do: 'map-to-cell', cell }, statement(uuid));
      });
    }

    it('points a live row at another host, its node and its compute node with it', async () => {
      const [[computeId, host = '', node = ''] = []] = await sql(
        `SELECT id, host, hypervisor_hostname FROM compute_nodes WHERE host <> 'compute-02' AND hypervisor_type = 'QEMU' ORDER BY id LIMIT 1`,
      );
      assert.ok(host && node);
      const columns = release === 'epoxy' ? 'host, node, compute_id' : 'host, node';
      const { tables, found } = await repair(`SELECT ${columns} FROM instances WHERE uuid = '${uuid}'`, {
        do: 'move-row',
        cell,
        from: 'compute-02',
        host,
        node,
        computeId: Number(computeId),
      });
      assert.deepEqual(found, [release === 'epoxy' ? [host, node, computeId] : [host, node]]);
      assert.deepEqual(tables, ['instances']);
    });

    if (release === 'epoxy') {
      it('removes the shares of a deleted instance', async () => {
        await deleteByHand('deleted = id');
        await sql(`INSERT INTO share_mapping (id, instance_uuid, status) VALUES (9001, '${uuid}', 'active')`);
        const { tables } = await repair('SELECT 1', { do: 'remove-rows', cell, table: 'share_mapping' });
        assert.deepEqual(tables, ['share_mapping']);
      });
    }
  });
}
