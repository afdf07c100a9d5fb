import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import { survey, type Survey } from '../../../src/evidence/survey';
import { CancelledError, OperatorError } from '../../../src/model/errors';
import type { Gap } from '../../../src/model/source';
import type { DemoCloud } from '../../cloud/demoCloud';
import { sharedCloud } from '../sharedCloud';
import { accessTo, options } from './accessTo';

describe('what does not answer is a gap and never an empty list', function () {
  this.timeout(120_000);
  let cloud: DemoCloud;

  before(async () => {
    cloud = await sharedCloud();
  });
  beforeEach(() => cloud.reset());

  const look = (settings: Readonly<Record<string, unknown>> = {}): Promise<Survey> =>
    survey(accessTo(cloud, settings), options);

  const gapOf = (seen: Survey, id: string): Gap | undefined => {
    const found = seen.scene.sources.find((source) => source.id === id);
    assert.equal(found?.complete, found?.gap === undefined);
    return found?.gap;
  };

  const cellNamed = async (name: string): Promise<string> => {
    const [[uuid] = []] = await cloud.sql(`SELECT uuid FROM nova_api.cell_mappings WHERE name = '${name}'`);
    assert.ok(uuid);
    return uuid;
  };

  describe('a host', () => {
    it('that is another machine', async () => {
      const { addresses, user, port, keyFile } = cloud.ssh;
      const seen = await look({
        hosts: { 'compute-01': addresses['compute-06'], 'compute-06': addresses['compute-01'] },
        ssh: { user, port, keyFile, knownHostsFile: '/dev/null', configFile: 'none' },
      });
      for (const host of ['compute-01', 'compute-06']) {
        const report = seen.hosts.find((found) => found.host === host);
        assert.equal(gapOf(seen, `host:${host}`)?.code, 'wrong-machine');
        assert.deepEqual([report?.domains, report?.directories], [[], []]);
      }
    });

    it('whose libvirt gives another name than Nova has', async () => {
      await cloud.sql(
        "UPDATE nova_cell1.compute_nodes SET hypervisor_hostname = 'old-name' WHERE host = 'compute-02'",
      );
      const gap = gapOf(await look(), 'host:compute-02');
      assert.equal(gap?.code, 'wrong-machine');
      assert.match(gap.message, /compute-02.*old-name/);
    });

    it('that is asked for a session libvirt', async () => {
      const seen = await look({ libvirtUri: 'qemu:///session' });
      assert.equal(gapOf(seen, 'host:compute-01')?.code, 'session-libvirt');
    });

    it('without virsh', async () => {
      const hide = `mkdir -p /run/hidden && mount -t tmpfs none /run/hidden && mkdir /run/hidden/u /run/hidden/w &&
        mount -t overlay -o lowerdir=/usr/bin,upperdir=/run/hidden/u,workdir=/run/hidden/w none /usr/bin &&
        rm /usr/bin/virsh`;
      const { code, stderr } = await cloud.onHost('compute-01', hide);
      assert.equal(code, 0, stderr);
      try {
        assert.equal(gapOf(await look(), 'host:compute-01')?.code, 'virsh-missing');
      } finally {
        await cloud.onHost('compute-01', 'umount -l /usr/bin /run/hidden');
      }
    });

    for (const [what, virsh, code] of [
      ['that does not stop talking', 'exec yes "$(head -c 3000 /dev/zero | tr "\\0" x)"', 'bad-answer'],
      ['that answers with garbage', 'head -c 100000 /dev/urandom', 'command-failed'],
      [
        'whose libvirt lists what is no UUID',
        'case "$*" in *hostname) echo compute-01;; *) echo "$(reboot)\'; --";; esac',
        'command-failed',
      ],
    ] as const) {
      it(what, async () => {
        const shim = `#!/bin/sh\n${virsh}\n`;
        await cloud.onHost(
          'compute-01',
          `printf '%s' '${shim.replaceAll("'", "'\\''")}' > /run/virsh && chmod 755 /run/virsh && mount --bind /run/virsh /usr/bin/virsh`,
        );
        try {
          const seen = await look();
          assert.equal(gapOf(seen, 'host:compute-01')?.code, code);
          assert.equal(gapOf(seen, 'host:compute-02'), undefined);
          const report = seen.hosts.find(({ host }) => host === 'compute-01');
          assert.deepEqual([report?.domains, report?.directories], [[], []]);
        } finally {
          await cloud.onHost('compute-01', 'umount /usr/bin/virsh; rm /run/virsh');
        }
      });
    }

    it('whose instances path is not there', async () => {
      const gap = gapOf(await look({ instancesPath: '/srv/instances' }), 'host:compute-01');
      assert.equal(gap?.code, 'not-found');
    });

    it('whose libvirt lost a guest that still runs', async () => {
      const copy = `cp /bin/sleep /run/qemu-system-x86_64 && cd /run &&
        { ./qemu-system-x86_64 300 </dev/null >/dev/null 2>&1 & echo $!; }`;
      const { stdout } = await cloud.onHost('compute-05', copy);
      try {
        const gap = gapOf(await look(), 'host:compute-05');
        assert.equal(gap?.code, 'command-failed');
        assert.match(gap.message, /qemu runs as process \d+/);
      } finally {
        await cloud.onHost('compute-05', `kill ${stdout.trim()}; rm /run/qemu-system-x86_64`);
      }
    });

    it('that accepts and never speaks; the others are read all the same', async () => {
      // It reads, so that it hears of the end of a connection, and nothing is left of it.
      const server = createServer((socket) => socket.resume().on('error', () => undefined));
      let waits = 0;
      server.on('connection', () => (waits += 1));
      await new Promise<void>((done) => server.listen(cloud.ssh.port, '127.0.1.44', done));
      try {
        const seen = await look({ hosts: { 'compute-04': '127.0.1.44' } });
        assert.equal(gapOf(seen, 'host:compute-04')?.code, 'timed-out');
        assert.equal(gapOf(seen, 'host:compute-03'), undefined);
        assert.equal(waits, 1);
      } finally {
        server.close();
      }
    });
  });

  describe('a cell', () => {
    it('that refuses the login; what the API database has of its instances is no leftover', async () => {
      const cell = await cellNamed('cell2');
      await cloud.sql(`UPDATE nova_api.cell_mappings
        SET database_connection = REPLACE(database_connection, 'nova:', 'nova:not-') WHERE uuid = '${cell}'`);
      const seen = await look();
      assert.equal(gapOf(seen, `cell:${cell}`)?.code, 'refused-login');
      assert.equal(gapOf(seen, `cell:${await cellNamed('cell1')}`), undefined);
      const leftovers = [...seen.glimpses.values()].flatMap((glimpse) => glimpse.leftovers);
      assert.ok(leftovers.length > 0);
      assert.ok(leftovers.every(({ database }) => database !== 'api'));
    });

    it('whose database is down, behind an SSH login that the others go through', async () => {
      const cell = await cellNamed('cell2');
      const address = cloud.ssh.addresses['compute-01'];
      const seen = await look({
        hosts: { 'compute-01': address, 'compute-06': cloud.ssh.addresses['compute-06'] },
        database: { via: 'ssh', sshHost: 'compute-01' },
        cells: { [cell]: 'mysql://nova@127.0.0.1:1/nova_cell2' },
      });
      const gap = gapOf(seen, `cell:${cell}`);
      assert.equal(gap?.code, 'unreachable');
      assert.match(gap.message, /compute-01 cannot connect to 127\.0\.0\.1:1/);
      const incomplete = seen.scene.sources.filter(({ kind, complete }) => kind !== 'host' && !complete);
      assert.deepEqual(
        incomplete.map(({ id }) => id),
        [`cell:${cell}`],
      );
    });

    it('whose database is of something else', async () => {
      const cell = await cellNamed('cell2');
      const { port } = cloud.database;
      const seen = await look({ cells: { [cell]: `mysql://nova@127.0.0.1:${port}/placement` } });
      const gap = gapOf(seen, `cell:${cell}`);
      assert.equal(gap?.code, 'not-a-nova-database');
      assert.match(gap.message, /placement.*instances, services, compute_nodes/);
    });

    it('without a database', async () => {
      const cell = await cellNamed('cell2');
      const { port } = cloud.database;
      const seen = await look({ cells: { [cell]: `mysql://nova@127.0.0.1:${port}/nova_cell9` } });
      assert.ok(['no-such-database', 'permission-denied'].includes(gapOf(seen, `cell:${cell}`)?.code ?? ''));
    });

    it('whose URL ends at the database of another cell, and that other cell', async () => {
      const [one, two] = [await cellNamed('cell1'), await cellNamed('cell2')];
      const { port } = cloud.database;
      const seen = await look({ cells: { [one]: `mysql://nova@127.0.0.1:${port}/nova_cell2` } });
      for (const cell of [one, two]) {
        assert.match(gapOf(seen, `cell:${cell}`)?.message ?? '', /another one of this cloud.*nova_cell2/);
      }
    });

    it('that is disabled is read', async () => {
      const cell = await cellNamed('cell2');
      await cloud.sql(`UPDATE nova_api.cell_mappings SET disabled = 1 WHERE uuid = '${cell}'`);
      const seen = await look();
      assert.equal(gapOf(seen, `cell:${cell}`), undefined);
      assert.ok(
        [...seen.glimpses.values()].some(({ liveRows }) => liveRows.some((row) => row.cell === cell)),
      );
    });
  });

  it('Placement that is not there', async () => {
    const { port } = cloud.database;
    const seen = await look({ placementDatabase: `mysql://nova@127.0.0.1:${port}/nova_cell0` });
    assert.equal(gapOf(seen, 'placement')?.code, 'not-a-nova-database');
  });

  it('the API database alone fails it all', async () => {
    const { port } = cloud.database;
    await assert.rejects(look({ apiDatabase: `mysql://nova@127.0.0.1:${port}/placement` }), (error) =>
      OperatorError.is(error, 'not-a-nova-database'),
    );
    await cloud.sql("SET foreign_key_checks = 0; DELETE FROM nova_api.cell_mappings WHERE name <> 'cell0'");
    await assert.rejects(look(), (error) => OperatorError.is(error, 'not-a-nova-database'));
  });

  it('cancelling is no gap', async () => {
    const controller = new AbortController();
    const looking = survey(accessTo(cloud), {
      ...options,
      signal: controller.signal,
      onSource: ({ kind }) => kind === 'cell' && controller.abort(),
    });
    await assert.rejects(looking, CancelledError);
  });
});
