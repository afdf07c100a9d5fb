import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ScanReport } from '../../../src/app/api';
import type { Zombies } from '../../../src/app/zombies';
import { caughtUp } from '../../../src/execution/cluster';
import { startDatabase, type Database } from '../../cloud/database/mariadb';
import { loadSchema } from '../../cloud/demoCloud';
import { waitFor } from '../../cloud/ports';
import { cloudName, productOn, type Ground } from '../app/product';
import { accessTo } from './accessTo';

const cell = '9f0c1f7a-0000-4000-8000-000000000001';
const lost = '0a2d1bf7-982c-4034-9713-566d58ced0c4';

describe('a cell that is read from a replica', function () {
  this.timeout(180_000);
  const folder = mkdtempSync(join(tmpdir(), 'openstack-zombies-replica-'));
  let primary: Database;
  let replica: Database;

  before(async () => {
    const started = (name: string, args: readonly string[]): Promise<Database> =>
      startDatabase({ directory: join(folder, name), args });
    primary = await started('primary', ['--log-bin=binlog', '--server-id=1']);
    replica = await started('replica', ['--server-id=2']);
    await loadSchema(primary, 'nova_api', 'epoxy', 'nova_api');
    for (const schema of ['nova_cell0', 'nova_cell1']) await loadSchema(primary, schema, 'epoxy', 'nova');
    await loadSchema(primary, 'placement', 'epoxy', 'placement');
    await primary.sql(
      `INSERT INTO cell_mappings (id, uuid, name, transport_url, database_connection, disabled) VALUES
        (1, '00000000-0000-0000-0000-000000000000', 'cell0', 'none:///', '${novaUrl('nova_cell0')}', 0),
        (2, '${cell}', 'cell1', 'none:///', '${novaUrl('nova_cell1')}', 0)`,
      'nova_api',
    );
    await primary.sql(
      `SET foreign_key_checks = 0; INSERT INTO instance_info_caches (created_at, updated_at, instance_uuid, network_info, deleted)
        VALUES ('2026-01-01', '2026-01-01', '${lost}', '[]', 0)`,
      'nova_cell1',
    );
    await primary.sql(
      `CREATE USER copy@'127.0.0.1' IDENTIFIED BY 'copy'; GRANT REPLICATION SLAVE ON *.* TO copy@'127.0.0.1'`,
    );
    await replicate('');
    await waitFor('the replica', 60, async () => (await lag()) === '0' && (await hasRow()));
    await replica.sql('SET GLOBAL read_only = 1');
    await maySee(true);
  });

  after(async () => {
    await Promise.all([primary.stop(), replica.stop()]);
    rmSync(folder, { recursive: true });
  });

  function url({ port }: Database, schema: string, account = 'nova'): string {
    return `mysql+pymysql://${account}@127.0.0.1:${port}/${schema}`;
  }

  /** As Nova has it. */
  function novaUrl(schema: string): string {
    return url(primary, schema, `nova:${primary.password}`);
  }

  async function replicate(more: string): Promise<void> {
    await replica.sql(`STOP SLAVE; CHANGE MASTER TO MASTER_HOST = '127.0.0.1', MASTER_PORT = ${primary.port},
      MASTER_USER = 'copy', MASTER_PASSWORD = 'copy', MASTER_USE_GTID = slave_pos${more}; START SLAVE`);
  }

  async function lag(): Promise<string | undefined> {
    return (await replica.sql('SHOW SLAVE STATUS'))[0]?.[32];
  }

  /** The schema comes before it. */
  async function hasRow(): Promise<boolean> {
    const rows = replica.sql('SELECT instance_uuid FROM nova_cell1.instance_info_caches');
    return (await rows.catch(() => [])).length === 1;
  }

  async function maySee(may: boolean): Promise<void> {
    const change = may ? 'GRANT REPLICA MONITOR ON *.* TO' : 'REVOKE REPLICA MONITOR ON *.* FROM';
    await replica.sql(`${change} nova@'127.0.0.1'`);
  }

  const ground = (): Ground => ({
    database: {
      apiUrl: url(primary, 'nova_api'),
      password: primary.password,
    },
    ssh: { user: 'root', port: 1, keyFile: '/none', knownHostsFile: '/none', addresses: {} },
  });
  const settings = (): object => ({ hosts: {}, cells: { [cell]: url(replica, 'nova_cell1') } });
  const product = (): Zombies => productOn(ground(), { ...settings() });

  const shown = (report: ScanReport): string[] => report.suspects.map(({ uuid }) => uuid);
  const gap = ({ sources }: ScanReport): string | undefined => {
    const source = sources.find(({ id }) => id === `cell:${cell}`);
    assert.equal(source?.complete, source?.gap === undefined);
    return source?.gap && `${source.gap.code}: ${source.gap.message}`;
  };

  it('shows what its primary would show, while it follows', async () => {
    const report = await product().scan(cloudName);
    assert.equal(gap(report), undefined);
    assert.deepEqual(shown(report), [lost]);
  });

  it('has not answered when it is more than 30 seconds behind', async () => {
    await replicate(', MASTER_DELAY = 7200');
    try {
      await primary.sql(
        `SET timestamp = UNIX_TIMESTAMP() - 3600;
        UPDATE instance_info_caches SET network_info = '[1]' WHERE instance_uuid = '${lost}'`,
        'nova_cell1',
      );
      await waitFor('the lag', 60, async () => Number(await lag()) > 3000);
      const report = await product().scan(cloudName);
      assert.match(
        gap(report) ?? '',
        /^stale-evidence: .* is a replica that is 36\d\d s behind; 30 s are allowed/,
      );
      assert.deepEqual(shown(report), []);
    } finally {
      await replicate(', MASTER_DELAY = 0');
      await waitFor('the replica', 60, async () => (await lag()) === '0');
    }
  });

  it('has not answered when its replication does not run', async () => {
    await replica.sql('STOP SLAVE SQL_THREAD');
    try {
      const report = await product().scan(cloudName);
      assert.match(gap(report) ?? '', /^stale-evidence: .* its replication does not run/);
      assert.deepEqual(shown(report), []);
    } finally {
      await replica.sql('START SLAVE');
    }
  });

  it('has not answered when it is read-only and the account may not see how far behind it is', async () => {
    await maySee(false);
    try {
      assert.match(gap(await product().scan(cloudName)) ?? '', /^permission-denied: .* may be a replica/);
    } finally {
      await maySee(true);
    }
  });

  it('is never changed by a run', async () => {
    const access = caughtUp(accessTo(ground(), { ...settings() }));
    const mapping = { uuid: cell, id: 2, name: 'cell1', disabled: false, url: novaUrl('nova_cell1') };
    const refused = { name: 'OperatorError', code: 'read-only' };
    await assert.rejects(access.openCell(mapping), refused);
    await replica.sql('SET GLOBAL read_only = 0');
    try {
      await assert.rejects(access.openCell(mapping), refused);
    } finally {
      await replica.sql('SET GLOBAL read_only = 1');
    }
    await (await access.openApi()).close();
  });
});
