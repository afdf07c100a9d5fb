import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Connection, Row } from '../../../../src/cloud/database/connection';
import { openConnection } from '../../../../src/cloud/database/openConnection';
import { startDatabase } from '../../../cloud/database/mariadb';
import { expectError } from '../expectError';
import { testDatabase, type TestDatabase } from './testDatabase';

describe('a connection to MariaDB', () => {
  let database: TestDatabase;
  let connection: Connection;

  before(async () => {
    database = await testDatabase();
    connection = await openConnection(database.address());
  });

  after(() => connection.close());

  describe('as a session', () => {
    it('is called user@host:port/schema', () => {
      assert.equal(connection.name, `nova@127.0.0.1:${database.port}/nova_test`);
      assert.equal(connection.schema, 'nova_test');
    });

    it('has the settings that statements count on, whatever the server is set to', async () => {
      await database.sql(`
        SET GLOBAL foreign_key_checks = 0; SET GLOBAL autocommit = 0; SET GLOBAL time_zone = '+05:00';
        SET GLOBAL sql_mode = 'ANSI_QUOTES,NO_BACKSLASH_ESCAPES'`);
      try {
        const fresh = await openConnection(database.address());
        const [row] = await fresh.query(
          'SELECT @@foreign_key_checks checks, @@autocommit auto, @@time_zone zone, @@sql_mode mode, @@character_set_client client',
        );
        assert.deepEqual(row, {
          checks: 1,
          auto: 1,
          zone: '+00:00',
          mode: 'NO_AUTO_VALUE_ON_ZERO,STRICT_TRANS_TABLES,ALLOW_INVALID_DATES,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION',
          client: 'utf8mb4',
        });
        await fresh.close();
      } finally {
        await database.sql(`
          SET GLOBAL foreign_key_checks = DEFAULT; SET GLOBAL autocommit = DEFAULT; SET GLOBAL time_zone = DEFAULT;
          SET GLOBAL sql_mode = DEFAULT`);
      }
    });

    it('speaks utf8mb4 with a server that does not let its clients choose', async () => {
      const directory = mkdtempSync(join(tmpdir(), 'openstack-zombies-latin-'));
      const latin = await startDatabase({
        directory,
        args: ['--skip-character-set-client-handshake', '--character-set-server=latin1'],
      });
      try {
        await latin.sql('CREATE DATABASE nova_test');
        const { port, password } = latin;
        const fresh = await openConnection(database.address({ port, password }));
        const [row] = await fresh.query(
          `SELECT '🧟' AS written, CONVERT(X'F09FA79F' USING utf8mb4) AS found`,
        );
        assert.deepEqual(row, { written: '🧟', found: '🧟' });
        await fresh.close();
      } finally {
        await latin.stop();
        rmSync(directory, { recursive: true });
      }
    });

    it('reads all rows, however few the server is set to give', async () => {
      await database.sql('SET GLOBAL sql_select_limit = 2');
      try {
        const fresh = await openConnection(database.address());
        assert.equal((await fresh.query('SELECT 1 UNION SELECT 2 UNION SELECT 3')).length, 3);
        await fresh.close();
      } finally {
        await database.sql('SET GLOBAL sql_select_limit = DEFAULT');
      }
    });

    it('never runs two statements of one text', async () => {
      await expectError('command-failed', connection.query('SELECT 1; SELECT 2'));
    });

    it('does not read files of this machine for the server', async () => {
      await connection.change('CREATE TEMPORARY TABLE stolen (line TEXT)');
      await expectError(
        'command-failed',
        connection.change("LOAD DATA LOCAL INFILE '/etc/passwd' INTO TABLE stolen"),
      );
    });

    it('leaves nothing behind when it is closed', async () => {
      const own = await openConnection(database.address());
      const [row] = await own.query('SELECT CONNECTION_ID() AS id');
      await own.close();
      const sessions = 'SELECT id FROM information_schema.processlist';
      while ((await database.sql(sessions)).flat().includes(String(row?.id))) await pause();
      await expectError('unreachable', own.query('SELECT 1'));
    });
  });

  describe('reading', () => {
    const columns = [
      'id BIGINT UNSIGNED PRIMARY KEY',
      'small INT',
      'ratio FLOAT',
      'price DECIMAL(30,5)',
      'at DATETIME(6)',
      'name TEXT CHARACTER SET utf8mb4',
      'name3 VARCHAR(50) CHARACTER SET utf8mb3',
      'bytes BLOB',
      'hash VARBINARY(20)',
      'flags BIT(3)',
      'info JSON',
      "kind ENUM('a','b')",
    ];

    before(async () => {
      await connection.change(`CREATE TABLE facts (${columns.join(', ')})`);
      await connection.change(
        `INSERT INTO facts VALUES (18446744073709551615, -7, 1.5, 12345678901234567890.12345,
           '2026-11-23 10:31:07.000600', 'é😀''"\\\\', 'é', X'00FF27', X'FE', b'101', '{"a":1}', 'b')`,
      );
      await connection.change('INSERT INTO facts (id, small) VALUES (2, NULL)');
    });

    it('gives integers as number while they fit, everything else as the server wrote it', async () => {
      const [row] = await connection.query(
        'SELECT id, small, ratio, price, at, name, name3, info, kind FROM facts WHERE small = ?',
        [-7],
      );
      assert.deepEqual(row, {
        id: '18446744073709551615',
        small: -7,
        ratio: '1.5',
        price: '12345678901234567890.12345',
        at: '2026-11-23 10:31:07.000600',
        name: 'é😀\'"\\',
        name3: 'é',
        info: '{"a":1}',
        kind: 'b',
      });
    });

    it('gives NULL as null', async () => {
      const [row] = await connection.query('SELECT * FROM facts WHERE id = 2');
      assert.deepEqual(Object.values(row ?? {}), [
        2,
        ...Array.from({ length: columns.length - 1 }, () => null),
      ]);
    });

    it('escapes values, and expands lists', async () => {
      const hostile = "x' OR '1'='1\\";
      assert.deepEqual(await connection.query('SELECT id FROM facts WHERE name = ?', [hostile]), []);
      assert.deepEqual(await connection.query('SELECT ? AS text', [hostile]), [{ text: hostile }]);
      const rows = await connection.query('SELECT id FROM facts WHERE id IN (?)', [
        ['2', '18446744073709551615'],
      ]);
      assert.equal(rows.length, 2);
      assert.deepEqual(await connection.query('SELECT id FROM facts WHERE name = ?', [{ name: 1 }]), []);
    });

    it('takes a question mark for what it is where there are no values', async () => {
      assert.deepEqual(await connection.query("SELECT 'what?' AS text"), [{ text: 'what?' }]);
    });

    it('gives raw cells as sent, with what kind of literal each column needs', async () => {
      const { columns: found, rows } = await connection.raw('SELECT * FROM facts ORDER BY id DESC');
      assert.deepEqual(Object.fromEntries(found.map(({ name, kind }) => [name, kind])), {
        id: 'number',
        small: 'number',
        ratio: 'real',
        price: 'number',
        at: 'time',
        name: 'text',
        name3: 'text',
        bytes: 'binary',
        hash: 'binary',
        flags: 'binary',
        info: 'text',
        kind: 'text',
      });
      assert.deepEqual(
        rows[0]?.map((cell) => cell?.toString('hex')),
        [
          ...[
            '18446744073709551615',
            '-7',
            '1.5',
            '12345678901234567890.12345',
            '2026-11-23 10:31:07.000600',
          ],
          ...['é😀\'"\\', 'é'],
          ...[Buffer.from('00ff27', 'hex'), Buffer.from('fe', 'hex'), Buffer.from([5])],
          ...['{"a":1}', 'b'],
        ].map((cell) => Buffer.from(cell as string).toString('hex')),
      );
      assert.deepEqual(
        rows[1]?.slice(1),
        Array.from({ length: columns.length - 1 }, () => null),
      );
    });

    it('streams rows in order without holding them', async () => {
      let sum = 0;
      let most = 0;
      const before = process.memoryUsage().heapUsed;
      await connection.stream(
        "SELECT seq, REPEAT('x', 1000) AS filler FROM seq_1_to_200000",
        [],
        (row: Row) => {
          assert.equal(row.seq, ++sum);
          if (sum % 20_000 === 0) most = Math.max(most, process.memoryUsage().heapUsed);
        },
      );
      assert.equal(sum, 200_000);
      assert.ok(most - before < 150_000_000, `${most - before} bytes more for 200 MB of rows`);
    });

    it('stops the stream when a row cannot be taken, with that very error', async () => {
      const mine = new Error('not this row');
      const stream = connection.stream('SELECT seq FROM seq_1_to_1000000000', [], (row) => {
        if (row.seq === 3) throw mine;
      });
      await assert.rejects(stream, mine);
      assert.deepEqual(await connection.query('SELECT 1 AS one'), [{ one: 1 }]);
    });

    it('stops packets in the same way', async () => {
      const mine = new Error('no such row');
      const packets = connection.packets('SELECT seq FROM seq_1_to_1000000000', () => () => {
        throw mine;
      });
      await assert.rejects(packets, mine);
      assert.deepEqual(await connection.query('SELECT 1 AS one'), [{ one: 1 }]);
    });

    for (const way of ['rows', 'packets'] as const) {
      it(`lets others have their turn between ${way} that take long, and loses none`, async () => {
        let turns = 0;
        const timer = setInterval(() => (turns += 1), 1);
        const turnOf: number[] = [];
        const slowly = (): void => {
          turnOf.push(turns);
          const start = performance.now();
          while (performance.now() - start < 1);
        };
        // They come in one piece.
        const sql = 'SELECT seq FROM seq_1_to_200';
        await (way === 'rows' ? connection.stream(sql, [], slowly) : connection.packets(sql, () => slowly));
        clearInterval(timer);
        assert.equal(turnOf.length, 200);
        assert.ok(new Set(turnOf).size > 5, `in ${new Set(turnOf).size} turns`);
      });
    }
  });

  describe('changing', () => {
    it('counts the rows that an UPDATE matches, changed or not', async () => {
      await connection.change('CREATE TABLE counted (id INT PRIMARY KEY, x INT)');
      assert.deepEqual(await connection.change('INSERT INTO counted VALUES (1, 1), (2, 2), (3, 2)'), {
        affectedRows: 3,
      });
      assert.deepEqual(await connection.change('UPDATE counted SET x = 2'), { affectedRows: 3 });
      assert.deepEqual(await connection.change('DELETE FROM counted WHERE id > 1'), { affectedRows: 2 });
    });

    it('rejects a statement that gives rows', async () => {
      await assert.rejects(connection.change('SELECT 1'), TypeError);
    });
  });
});

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 20));
}
