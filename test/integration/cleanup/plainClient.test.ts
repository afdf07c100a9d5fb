import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { draft } from '../../../src/cleanup/draft';
import { identifier, literal } from '../../../src/cleanup/literal';
import { parse } from '../../../src/cleanup/parse';
import type { Depth } from '../../../src/model/suspect';
import { startDatabase, type Database } from '../../cloud/database/mariadb';
import { loadSchema } from '../../cloud/database/schema';
import {
  apiContent,
  inputOf,
  orphans,
  otherUuid,
  subject,
  suspect,
  uuid,
  zed,
  zedApi,
} from '../../unit/cleanup/subjects';
import { dumpTables, repopulate } from './population';

describe('a plan in a plain client', function () {
  let database: Database;
  let directory: string;
  const id = inputOf().id;

  before(async () => {
    directory = mkdtempSync(join(tmpdir(), 'zombies-plan-'));
    database = await startDatabase({ directory });
    await loadSchema(database, 'nova_cell1', 'zed', 'nova');
    await loadSchema(database, 'nova_api', 'zed', 'nova_api');
  });

  after(async () => {
    await database.stop();
    rmSync(directory, { recursive: true, force: true });
  });

  beforeEach(async () => {
    await repopulate(database);
  });

  const planOf = (depth: Depth): string => draft({ ...inputOf(subject), depth }).text;

  function feed(text: string, run = ''): { readonly code: number | null; readonly errors: string } {
    const set = run === '' ? '' : `SET @openstack_zombies_run = '${run}';\n`;
    const args = [
      '--no-defaults',
      `--socket=${database.socketPath}`,
      '--default-character-set=utf8mb4',
      '--unbuffered',
    ];
    const { status, stderr } = spawnSync('mariadb', args, { input: set + text, encoding: 'utf8' });
    return { code: status, errors: stderr };
  }

  const dump = (): Promise<string> => dumpTables(database);

  async function rowsOf(of: string): Promise<string> {
    const all = JSON.parse(await dump()) as [string, string[][]][];
    return JSON.stringify(all.map(([table, rows]) => [table, rows.filter((row) => row.includes(of))]));
  }

  async function count(table: string, condition: string): Promise<number> {
    const rows = await database.sql(`SELECT COUNT(*) FROM ${table} WHERE ${condition}`);
    return Number(rows[0]?.[0]);
  }

  it('changes nothing without the variable that only the runner sets', async () => {
    const before = await dump();
    for (const run of ['', 'another']) {
      const { code, errors } = feed(planOf('complete'), run);
      assert.equal(code, 1);
      assert.match(errors, /1690/);
      assert.equal(await dump(), before);
    }
  });

  for (const [what, sql] of [
    ['the instance was touched', `UPDATE nova_cell1.instances SET updated_at = NOW() WHERE uuid = '${uuid}'`],
    ['its task_state is gone', `UPDATE nova_cell1.instances SET task_state = NULL WHERE uuid = '${uuid}'`],
    [
      'it moved to another host',
      `UPDATE nova_cell1.instances SET host = 'compute-03' WHERE uuid = '${uuid}'`,
    ],
    ['Nova has deleted it meanwhile', `UPDATE nova_cell1.instances SET deleted = id WHERE uuid = '${uuid}'`],
    [
      'it has an action that nobody has seen',
      `UPDATE nova_cell1.instance_actions SET instance_uuid = '${otherUuid}' WHERE id = 102`,
    ],
  ] as const) {
    it(`changes nothing when ${what}`, async () => {
      await database.sql(sql);
      const before = await dump();
      const { code, errors } = feed(planOf('complete'), id);
      assert.equal(code, 1);
      assert.match(errors, /1690/);
      assert.equal(await dump(), before);
    });
  }

  it('keeps the cell as it is when a foreign key stands in the way of one of its statements', async () => {
    const before = await dump();
    const text = planOf('complete').replace(/^DELETE FROM nova_cell1\.virtual_interfaces.*$/m, '');
    assert.match(feed(text, id).errors, /1451/);
    assert.equal(await dump(), before);
  });

  it('marks the instance deleted as Nova does, and keeps its history', async () => {
    assert.deepEqual(feed(planOf('mark-deleted'), id), { code: 0, errors: '' });
    const state =
      "deleted = id AND deleted_at > NOW() - INTERVAL 1 DAY AND vm_state = 'deleted' AND task_state IS NULL AND cleaned = 0";
    assert.equal(
      await count(
        'nova_cell1.instances',
        `uuid = '${uuid}' AND updated_at = '2026-11-09 10:31:07' AND ${state}`,
      ),
      1,
    );
    assert.equal(
      await count('nova_cell1.instance_system_metadata', `instance_uuid = '${uuid}' AND deleted = id`),
      4,
    );
    assert.equal(
      await count('nova_cell1.instance_system_metadata', `instance_uuid = '${uuid}' AND deleted = 77`),
      1,
    );
    assert.equal(await count('nova_cell1.instance_actions', `instance_uuid = '${uuid}' AND deleted = 0`), 2);
    assert.equal(await count('nova_cell1.tags', `resource_id = '${uuid}'`), 0);
    assert.equal(
      await count('nova_api.instance_mappings', `instance_uuid = '${uuid}' AND queued_for_delete = 1`),
      1,
    );
    assert.equal(await count('nova_api.build_requests', `instance_uuid = '${uuid}'`), 0);
  });

  it('removes the instance completely, gives its inventory back, and leaves its neighbour alone', async () => {
    const neighbour = await rowsOf(otherUuid);
    assert.deepEqual(feed(planOf('complete'), id), { code: 0, errors: '' });
    assert.ok(!(await dump()).includes(uuid));
    assert.equal(await count('nova_cell1.instance_actions_events', '1 = 1'), 3);
    assert.equal(await count('nova_cell1.pci_devices', "status = 'available' AND instance_uuid IS NULL"), 1);
    assert.equal(await rowsOf(otherUuid), neighbour);
  });

  it('moves the instance to the shadow tables, where it looks like one that Nova has archived', async () => {
    const neighbour = await rowsOf(otherUuid);
    assert.deepEqual(feed(planOf('archive'), id), { code: 0, errors: '' });
    assert.equal(await count('nova_cell1.instances', `uuid = '${uuid}'`), 0);
    const state =
      "deleted = id AND deleted_at IS NOT NULL AND vm_state = 'deleted' AND task_state IS NULL AND display_name = 'web'";
    assert.equal(await count('nova_cell1.shadow_instances', `uuid = '${uuid}' AND ${state}`), 1);
    assert.equal(
      await count(
        'nova_cell1.shadow_instance_system_metadata',
        `instance_uuid = '${uuid}' AND deleted IN (id, 77)`,
      ),
      5,
    );
    assert.equal(await count('nova_cell1.shadow_instance_actions_events', 'action_id IN (101, 102)'), 3);
    assert.equal(await count('nova_api.instance_mappings', `instance_uuid = '${uuid}'`), 0);
    assert.equal(await rowsOf(otherUuid), neighbour);
  });

  it('purges what was left without a parent, and nothing once the parent is there', async () => {
    const one = {
      suspect: { ...suspect, remedy: { ...suspect.remedy, depth: 'purge' as const } },
      contents: [orphans, apiContent],
    };
    const { text } = draft(inputOf(one));
    const before = await dump();
    assert.match(feed(text, id).errors, /1690/);
    assert.equal(await dump(), before);
    await database.sql(`SET foreign_key_checks = 0; DELETE FROM nova_cell1.instances WHERE uuid = '${uuid}'`);
    assert.deepEqual(feed(text, id), { code: 0, errors: '' });
    assert.ok(!(await dump()).includes(uuid));
  });

  it('gives a client no command, whatever a name holds', () => {
    const trap = join(directory, 'trap');
    const name = `x\n\\! touch ${trap}\nsystem touch ${trap}\n\\! touch ${trap}`;
    const hostile = {
      ...subject,
      suspect: { ...suspect, name, why: `\\! touch ${trap}`, cleared: [`'; \\! touch ${trap}`] },
    };
    const { text } = draft(inputOf(hostile));
    assert.deepEqual(feed(text, id), { code: 0, errors: '' });
    assert.ok(!existsSync(trap));
  });

  it('locks the reviewed rows, and the gap where a row is expected not to be', async () => {
    const purge = {
      suspect: { ...suspect, remedy: { ...suspect.remedy, depth: 'purge' as const } },
      contents: [orphans],
    };
    const gone = draft(inputOf(purge)).text.replaceAll(uuid, 'aaaaaaaa-982c-4034-9713-566d58ced0c4');
    const row = `INSERT INTO nova_cell1.instances (uuid, deleted) VALUES ('aaaaaaaa-982c-4034-9713-566d58ced0c4', 0)`;
    const touch = (of: string): string => `UPDATE nova_cell1.instances SET host = 'x' WHERE uuid = '${of}'`;
    for (const [text, intruder, locked] of [
      [planOf('complete'), touch(uuid), true],
      [planOf('complete'), touch(otherUuid), false],
      [gone, row, true],
      [gone, touch(otherUuid), false],
    ] as const) {
      assert.equal(await isLocked(guardOf(text), intruder), locked, intruder);
    }
  });

  function guardOf(text: string): string {
    const step = parse(text).sections[0]?.steps.find((each) => each.step === 'unit');
    assert.ok(step?.step === 'unit' && step.statements[0]);
    return step.statements[0].sql;
  }

  /** True when the intruder has to wait for the transaction in which the guard was met. */
  async function isLocked(guard: string, intruder: string): Promise<boolean> {
    const holder = database.sql(
      `START TRANSACTION; ${guard}; SELECT GET_LOCK('held', 0); SELECT SLEEP(60) FROM DUAL`,
    );
    let over = false;
    const ended = holder.catch(() => undefined).then(() => (over = true));
    while ((await database.sql("SELECT IS_USED_LOCK('held') IS NULL"))[0]?.[0] === '1') {
      assert.ok(!over, 'the guard was met');
    }
    const waits = await database
      .sql(`SET innodb_lock_wait_timeout = 1; START TRANSACTION; ${intruder}; ROLLBACK`)
      .then(
        () => false,
        (error: unknown) => String(error).includes('Lock wait timeout'),
      );
    const [session] = await database.sql("SELECT IS_USED_LOCK('held')");
    await database.sql(`KILL ${session?.[0]}`);
    await ended;
    return waits;
  }

  it('reads every literal back as what was written, in every sql_mode', async () => {
    const special = ["'", '\\', "\\'", '"', '\n', '\u0000', '%', '💀', '', ' ', "x'; --"];
    const values = [...special, ...fc.sample(fc.string({ unit: 'grapheme' }), 200)];
    const query = `SELECT ${values.map((value) => `HEX(${literal(value)})`).join(', ')}`;
    for (const mode of ['', 'ANSI_QUOTES,NO_BACKSLASH_ESCAPES', 'PIPES_AS_CONCAT,IGNORE_SPACE']) {
      const [row] = await database.sql(`SET sql_mode = '${mode}'; ${query}`);
      assert.deepEqual(
        row,
        values.map((value) => Buffer.from(value).toString('hex').toUpperCase()),
      );
    }
  });

  it('takes every name of the schema as it is written', async () => {
    for (const schema of [zed, zedApi]) {
      for (const { name, columns } of schema.tables.values()) {
        const list = columns.map((column) => identifier(column.name)).join(', ');
        await database.sql(`SELECT ${list} FROM ${identifier(schema.name)}.${identifier(name)} LIMIT 0`);
      }
    }
  });
});
