import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { parseOsloFile, type OsloFile } from '../../../../src/cloud/discovery/osloFile';
import { readFiles, type FileRead } from '../../../../src/cloud/discovery/readFiles';
import { readScript } from '../../../../src/cloud/discovery/readScript';
import type { Shell } from '../../../../src/cloud/ssh/shell';
import { must, run } from '../../../cloud/run';
import { expectError } from '../expectError';
import { osloFiles } from './osloFiles';

/** The options that come back from a host. */
const needed = new Set([
  ...['my_ip', 'my_block_storage_ip', 'host', 'state_path', 'instances_path', 'pybasedir', 'bindir'].map(
    (key) => `DEFAULT ${key}`,
  ),
  ...['api_database', 'database', 'placement_database'].flatMap((section) => [
    `${section} connection`,
    `${section} connection_parameters`,
  ]),
  'libvirt connection_uri',
]);

/** What of a file is needed, and where it breaks. */
function essence({ assignments, problem }: OsloFile): OsloFile {
  const kept = assignments
    .filter(({ section, key }) => needed.has(`${section} ${key}`))
    // a NUL arrives as another byte that is no text either
    .map((each) => ({ ...each, value: each.value.replaceAll('\0', '\x01') }));
  return problem ? { assignments: kept, problem } : { assignments: kept };
}

describe('what a host is asked for its configuration', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'openstack-zombies-conf-'));
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  /** A shell of this machine, with the awk of that name as awk. */
  function localShell(sh: readonly string[] = ['sh'], awk = 'awk'): Shell {
    const bin = join(folder, 'bin');
    mkdirSync(bin, { recursive: true });
    rmSync(join(bin, 'awk'), { force: true });
    symlinkSync(awk === 'busybox' ? '/bin/busybox' : `/usr/bin/${awk}`, join(bin, 'awk'));
    return {
      host: 'controller-1',
      run: (script, args) => run('env', [`PATH=${bin}:/usr/bin:/bin`, ...sh, '-c', script, 'sh', ...args]),
      close: () => undefined,
    };
  }

  function readAll(shell: Shell, texts: readonly string[]): Promise<readonly FileRead[]> {
    const root = mkdtempSync(join(folder, 'root-'));
    texts.forEach((text, index) => writeFileSync(join(root, `${index}.conf`), text));
    return readFiles(
      shell,
      texts.map((_, index) => `/${index}.conf`),
      { root },
    );
  }

  const shells: readonly (readonly [string[], string])[] = [
    [['dash'], 'mawk'],
    [['bash'], 'gawk'],
    [['busybox', 'sh'], 'busybox'],
  ];
  for (const [sh, awk] of shells) {
    describe(`with ${sh.join(' ')} and the awk of ${awk}`, () => {
      it('leaves what is needed of every file as it was, on its line, and errors on theirs', async () => {
        const texts = Object.values(osloFiles)
          .flat()
          .map((text) => text.replace(/^a(?= ?=)/gm, 'my_ip').replace(/^b(?= ?=)/gm, 'host'));
        const files = await readAll(localShell(sh, awk), texts);
        assert.equal(files.length, texts.length);
        texts.forEach((text, index) => {
          const { text: got = assert.fail() } = files[index] ?? {};
          assert.deepEqual(essence(parseOsloFile(got)), essence(parseOsloFile(text)), JSON.stringify(text));
        });
      });

      it('does so whatever lines they are made of', async () => {
        const key = fc.constantFrom(
          'my_ip',
          'host',
          'connection',
          'connection_uri',
          'transport_url',
          'x',
          'é',
        );
        const odd = fc.constantFrom(
          '',
          ' ',
          '\t',
          'a',
          '"',
          '=',
          ':',
          '#',
          '[',
          ']',
          '\0',
          '\x0b',
          '\u00a0',
          '\u0085',
          'é',
        );
        const tail = fc.array(odd, { maxLength: 4 }).map((parts) => parts.join(''));
        const line = fc.oneof(
          { weight: 6, arbitrary: fc.tuple(key, fc.constantFrom('=', ' = ', ':'), tail) },
          {
            weight: 2,
            arbitrary: fc.tuple(fc.constantFrom('[DEFAULT]', '[Database]', '[libvirt]', '[vnc]'), tail),
          },
          { weight: 2, arbitrary: fc.tuple(fc.constantFrom(' ', '\t', '#', ''), tail) },
        );
        const ending = fc.constantFrom('\n', '\r\n', '\r');
        const text = fc
          .tuple(fc.array(line, { maxLength: 8 }), ending)
          .map(([lines, end]) => `[DEFAULT]${end}${lines.map((parts) => parts.join('')).join(end)}`);
        const texts = fc.sample(text, 150);
        const files = await readAll(localShell(sh, awk), texts);
        texts.forEach((each, index) => {
          const { text: got = assert.fail() } = files[index] ?? {};
          assert.deepEqual(essence(parseOsloFile(got)), essence(parseOsloFile(each)), JSON.stringify(each));
        });
      });

      it('keeps every other secret on the host', async () => {
        const text = [
          '[DEFAULT]',
          '# connection = mysql://nova:hidden-comment@db/nova',
          'transport_url = rabbit://hidden-rabbit@db',
          '  hidden-continuation',
          'my_ip = 10.0.0.1',
          'metadata_secret: hidden-metadata',
          '[keystone_authtoken]',
          'password = hidden-keystone',
          'connection = hidden-elsewhere',
          'my_ip = hidden-elsewhere',
          '[database]',
          'slave_connection = mysql://nova:hidden-slave@db/nova',
          'connection = mysql://nova:shown@db/nova',
          'hidden-line',
        ];
        for (const end of ['\n', '\r\n', '\r']) {
          const [file] = await readAll(localShell(sh, awk), [text.join(end)]);
          assert.ok(!file?.text?.includes('hidden'), file?.text);
          assert.ok(file?.text?.includes('my_ip = 10.0.0.1') && file.text.includes('shown'));
        }
      });

      it('stops at a limit in a file that is too long', async () => {
        const [long, whole] = await readAll(localShell(sh, awk), [
          `[DEFAULT]\nmy_ip = 1\n${'#'.repeat(60)}\n`.repeat(40_000),
          `[DEFAULT]\nmy_ip = ${'1'.repeat(1_000_000)}\n`,
        ]);
        assert.deepEqual(long, { path: '/0.conf', state: 'too-long' });
        assert.equal(whole?.state, 'read');
        assert.equal(whole.text?.length, 1_000_000 + '[DEFAULT]\nmy_ip = \n'.length);
      });

      it('finds files by a star, with odd names, and tells what is no file or not there', async () => {
        const root = join(folder, 'root');
        for (const path of [
          'c.d',
          'lxc/a b/rootfs/etc',
          'lxc/é/rootfs/etc',
          'lxc/-n/rootfs',
          'folder.conf',
          'empty.d',
        ]) {
          mkdirSync(join(root, path), { recursive: true });
        }
        for (const path of [
          'c.d/2.conf',
          'c.d/$(id).conf',
          'c.d/.conf',
          'c.d/1.txt',
          'lxc/a b/rootfs/etc/n',
          'lxc/é/rootfs/etc/n',
        ]) {
          writeFileSync(join(root, path), '[DEFAULT]\n');
        }
        await must('mkfifo', [join(root, 'pipe.conf')]);
        const files = await readFiles(
          localShell(sh, awk),
          [
            '/c.d/*.conf',
            '/lxc/*/rootfs/etc/n',
            '/folder.conf',
            '/pipe.conf',
            '/none.conf',
            '/empty.d/*',
            '/no.d/*',
          ],
          { root },
        );
        assert.deepEqual(
          files.map(({ path, state }) => `${state} ${path}`),
          [
            'read /c.d/$(id).conf',
            'read /c.d/2.conf',
            'absent /lxc/-n/rootfs/etc/n',
            'read /lxc/a b/rootfs/etc/n',
            'read /lxc/é/rootfs/etc/n',
            'odd /folder.conf',
            'odd /pipe.conf',
            'absent /none.conf',
          ],
        );
      });
    });
  }

  it('does not take other output for an answer, and no answer for one that is cut off', async () => {
    const shell = localShell();
    const noisy: Shell = {
      ...shell,
      run: async (script, args) => {
        const result = await shell.run(script, args);
        return { ...result, stdout: `Welcome\n0123 read L2E= \n${result.stdout}` };
      },
    };
    assert.deepEqual(await readFiles(noisy, ['/a'], { root: folder }), [{ path: '/a', state: 'absent' }]);
    for (const cut of [0, 20, -3, -40]) {
      const broken: Shell = {
        ...shell,
        run: async (script, args) => {
          const result = await shell.run(script, args);
          return { ...result, stdout: result.stdout.slice(0, cut) };
        },
      };
      writeFileSync(join(folder, 'a'), '[DEFAULT]\n');
      await expectError('command-failed', readFiles(broken, ['/a'], { root: folder }));
    }
  });

  it('is a script without bashisms', async () => {
    assert.equal((await run('dash', ['-n', '-c', readScript])).code, 0);
    assert.equal((await run('busybox', ['sh', '-n', '-c', readScript])).code, 0);
  });
});
