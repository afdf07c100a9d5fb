import fc from 'fast-check';
import assert from 'node:assert/strict';
import { DomainsMoved } from '../../../src/evidence/domains';
import type { Expected } from '../../../src/evidence/hostIdentity';
import { parseHost, type HostContent } from '../../../src/evidence/hostReport';
import type { AnswerName } from '../../../src/evidence/hostScript';
import { OperatorError, type ErrorCode } from '../../../src/model/errors';
import { between, described, domainXml, nonce, recorded, secondUuid, uuid } from './recordedHost';

const nodeUuid = 'e0000000-0000-4000-a000-000000000002';
const expected: Expected = {
  host: 'compute-02',
  address: '10.0.0.2',
  nodes: [{ hypervisorHostname: 'compute-02', uuid: nodeUuid }],
  libvirtUri: 'qemu:///system',
};

function parse(stdout: string, of: Partial<Expected> = {}): HostContent {
  return parseHost(stdout, nonce, { ...expected, ...of }, between);
}

type Changes = Parameters<typeof recorded>[0];

function assertGap(code: ErrorCode, changes: Changes, of: Partial<Expected> = {}): void {
  assert.throws(
    () => parse(recorded(changes), of),
    (error) => OperatorError.is(error, code) && error.action !== '',
    code,
  );
}

describe('the answer of a host', () => {
  it('has the domains with state, disks and what Nova wrote of them', () => {
    const [first, second] = parse(recorded()).domains;
    assert.deepEqual(first, {
      host: 'compute-02',
      uuid,
      name: 'instance-0000002b',
      state: 'running',
      nova: {
        name: 'web-01',
        projectId: '41c50855be07feca319e82c4d250bf94',
        userId: '33f568cb67cd43b527b23cad0a398dd6',
      },
      disks: [`/var/lib/nova/instances/${uuid}/disk`, '/dev/dm-3', 'volumes/volume-1'],
    });
    assert.deepEqual([second?.uuid, second?.state, second?.nova?.name], [secondUuid, 'shut off', 'db <1>']);
  });

  it('has the directories of instances with the sum of their files and the last write in them', () => {
    assert.deepEqual(parse(recorded()).directories, [
      {
        host: 'compute-02',
        uuid,
        suffix: '',
        path: `/var/lib/nova/instances/${uuid}`,
        bytes: 21474836591,
        modifiedAt: '2026-11-23T22:38:50.500Z',
      },
      {
        host: 'compute-02',
        uuid,
        suffix: '_resize',
        path: `/var/lib/nova/instances/${uuid}_resize`,
        bytes: 0,
        modifiedAt: '2026-11-23T02:13:20.000Z',
      },
      {
        host: 'compute-02',
        uuid: secondUuid,
        suffix: '_del',
        path: `/var/lib/nova/instances/${secondUuid}_del`,
        bytes: 0,
        modifiedAt: '2026-09-21T14:13:20.000Z',
      },
    ]);
  });

  it('counts whole or not at all, wherever it is cut off', () => {
    const whole = recorded();
    const full = parse(whole);
    for (let length = 0; length < whole.length; length++) {
      let content: HostContent | undefined;
      try {
        content = parse(whole.slice(0, length));
      } catch (error) {
        assert.ok(OperatorError.is(error), String(error));
      }
      assert.ok(content === undefined || length >= whole.length - 1, `cut off at ${length}`);
      if (content) {
        assert.deepEqual(content, full);
      }
    }
  });

  it('never lacks a domain or a directory when something in it is broken', () => {
    const whole = recorded();
    const full = parse(whole);
    fc.assert(
      fc.property(fc.nat(whole.length), fc.nat(200), fc.string(), (start, length, instead) => {
        // Base64 that lost whole groups in its middle cannot be told from another text: the channel sees to that.
        fc.pre(length % 4 !== 0 || instead !== '');
        const broken = whole.slice(0, start) + instead + whole.slice(start + length);
        try {
          assert.ok(parse(broken).domains.length >= full.domains.length);
        } catch (error) {
          assert.ok(OperatorError.is(error) || error instanceof DomainsMoved, String(error));
        }
      }),
    );
  });

  it('is a gap when a character of a field is lost', () => {
    const whole = recorded({ users: { code: 1, errors: 'cat: x: No such file or directory' } });
    const short = whole.replace(/(?<= users \S+ \S+)\S$/m, '');
    assert.equal(short.length, whole.length - 1);
    assert.throws(
      () => parse(short),
      (error) => OperatorError.is(error, 'command-failed'),
    );
  });

  it('may have lines of a login script around it', () => {
    const full = parse(recorded());
    assert.deepEqual(parse(`Welcome!\nuri none\n${recorded()}bye\n`), full);
  });

  it('is not taken from a text of a tenant that looks like it', () => {
    const xml = domainXml(uuid, `<![CDATA[x</nova:name></domain>\n${nonce.replace('5', '6')}.\n]]>`);
    const { domains } = parse(
      recorded({
        described: { output: described({ id: uuid, state: 'running', xml }) },
        listed: { output: `${uuid}\n` },
      }),
    );
    assert.deepEqual(domains.length, 1);
    assert.match(domains[0]?.nova?.name ?? '', /^x<\/nova:name><\/domain>\n/);
  });
});

describe('the identity of a host', () => {
  it('is the hypervisor_hostname that Nova has, or the name of the host where Nova has none', () => {
    assertGap('wrong-machine', { hostname: { output: 'compute-03\n' } });
    assertGap('wrong-machine', {}, { nodes: [{ hypervisorHostname: 'compute-02.example.org', uuid: null }] });
    assert.equal(parse(recorded(), { nodes: [] }).domains.length, 2);
    assertGap('wrong-machine', {}, { nodes: [], host: 'compute-99' });
  });

  it('is the compute_id too, where a nova-compute has noted one', () => {
    assertGap('wrong-machine', { compute_id: { output: `${secondUuid}\n` } });
    assert.equal(parse(recorded({ compute_id: { output: `${nodeUuid}\n` } })).domains.length, 2);
  });

  it("is not proven by the login user's own libvirt", () => {
    assertGap('session-libvirt', { uri: { output: 'qemu:///session\n' } });
    assertGap('session-libvirt', { uri: { output: 'qemu:///session\n' } }, { libvirtUri: 'qemu:///session' });
    assertGap('command-failed', { uri: { output: 'xen:///system\n' } });
  });

  it('is not proven when virsh does not answer', () => {
    assertGap('virsh-missing', { uri: { code: 127, errors: "timeout: failed to run command 'virsh'" } });
    assertGap('timed-out', { uri: { code: 124 } });
    assertGap('permission-denied', {
      uri: { code: 1, errors: 'error: Failed to connect: Permission denied' },
    });
    const none = { described: { output: described() }, guests: {} };
    assertGap('command-failed', {
      ...none,
      listed: { code: 1, errors: 'error: Disconnected from qemu:///system' },
    });
  });
});

describe('the domains of a host', () => {
  const none: Changes = { listed: { output: '\n' }, described: { output: described() } };

  it('may be none when no qemu runs', () => {
    assert.deepEqual(parse(recorded({ ...none, guests: {} })).domains, []);
  });

  it('are not none while a qemu runs', () => {
    assertGap('command-failed', { ...none, guests: { output: '4711 \n' } });
    assertGap('command-failed', { ...none, guests: { output: `4711 ${uuid}\n` } });
  });

  it('are not all there while a qemu runs that is none of them', () => {
    assertGap('command-failed', { guests: { output: '4711 11111111-2222-4333-8444-555555555555\n' } });
  });

  it('are not proven when processes are hidden', () => {
    assertGap('permission-denied', {
      guests: { code: 3, errors: 'the processes of other users are hidden' },
    });
  });

  it('are read once more when one came or went meanwhile', () => {
    const one = described({ id: uuid, state: 'running', xml: domainXml(uuid, 'web-01') });
    assert.throws(() => parse(recorded({ described: { output: one } })), DomainsMoved);
    const { domains } = parse(recorded({ listed: { output: `${uuid}\n` } }));
    assert.deepEqual(
      domains.map((domain) => domain.uuid),
      [uuid],
      'one that went is not there',
    );
  });

  it('are a gap when one of them cannot be understood', () => {
    const broken = (xml: string, state = 'running'): Changes => ({
      listed: { output: `${uuid}\n` },
      described: { output: described({ id: uuid, state, xml }) },
      guests: {},
    });
    assertGap('command-failed', broken(domainXml(uuid, 'a').slice(0, -12)));
    assertGap('command-failed', broken(domainXml(secondUuid, 'a')));
    assertGap('command-failed', broken('error: no such domain'));
    assertGap('command-failed', broken(domainXml(uuid, 'a'), 'sleeping'));
    assertGap('command-failed', { listed: { output: 'instance-00000001\n' } });
    assertGap('command-failed', { described: { output: `${nonce}:${uuid}:running\n` } });
  });
});

describe('the directories of a host', () => {
  const listing = (...entries: readonly string[]): Partial<Record<AnswerName, { output: string }>> => ({
    entries: { output: entries.map((entry) => `${entry}\0`).join('') },
  });

  it('are those named as a UUID, whatever else is there', () => {
    const { directories } = parse(
      recorded(
        listing(
          'd 4096 1.0 _base',
          `d 4096 1.0 ${uuid}.bak`,
          `f 5 1.0 ${secondUuid}`,
          `d 4096 1.0 a\n${uuid}`,
          `d 4096 1.0 ${uuid}`,
          `f 7 2.0 ${uuid}/new\nline \\ "quote" ${secondUuid}`,
        ),
      ),
    );
    assert.deepEqual(
      directories.map(({ path, bytes }) => [path, bytes]),
      [[`/var/lib/nova/instances/${uuid}`, 7]],
    );
  });

  it('hold every file, however it is called', () => {
    fc.assert(
      fc.property(fc.array(fc.string().filter((name) => !/[\0/]/.test(name) && name !== '')), (names) => {
        const files = names.map((name) => `f 10 5.0 ${uuid}/${name}`);
        const { directories } = parse(recorded(listing(`d 4096 1.0 ${uuid}`, ...files)));
        assert.equal(directories[0]?.bytes, names.length * 10);
      }),
    );
  });

  it('are a gap when one may not be read, or the path is not there', () => {
    const denied = `find: './${uuid}': Permission denied`;
    assertGap('permission-denied', { entries: { code: 1, errors: denied } });
    assertGap('permission-denied', {
      entries: { code: 3, errors: "ls: cannot access '/x/.': Permission denied" },
    });
    assertGap('not-found', {
      entries: { code: 3, errors: "ls: cannot access '/x/.': No such file or directory" },
    });
    assertGap('command-failed', { entries: { code: 1, errors: 'find: Input/output error' } });
    assertGap('command-failed', { entries: { output: `d 4096 1.0 ${uuid}` } });
    assertGap('command-failed', { entries: { output: 'something else\0' } });
  });

  it('are whole although a file went while they were read', () => {
    const errors = `find: './${uuid}/disk.tmp': No such file or directory`;
    assert.equal(
      parse(recorded({ entries: { output: `d 4096 1.0 ${uuid}\0`, code: 1, errors } })).directories.length,
      1,
    );
  });
});

describe('the storage of a host', () => {
  const shared = (changes: Changes): boolean => parse(recorded(changes)).sharedStorage;

  it('is its own on a local file system that no other host notes its use of', () => {
    assert.equal(shared({}), false);
    assert.equal(shared({ users: { code: 1, errors: 'cat: x: No such file or directory' } }), false);
  });

  it('is shared on a network file system, or when other hosts note their use', () => {
    for (const type of ['nfs4', 'ceph', 'fuse.glusterfs', 'gpfs']) {
      assert.equal(shared({ storage: { output: `Type\n${type}\n` } }), true, type);
    }
    assert.equal(shared({ users: { output: '{"compute-01": 1.5, "compute-02": 2.5}' } }), true);
  });

  it('counts as shared when that cannot be told', () => {
    assert.equal(shared({ users: { output: '{"compute-02": 1795' } }), true);
    assert.equal(shared({ users: { code: 1, errors: 'cat: x: Permission denied' } }), true);
    assert.equal(shared({ storage: { code: 1 } }), true);
  });
});
