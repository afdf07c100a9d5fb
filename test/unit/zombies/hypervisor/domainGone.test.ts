import assert from 'node:assert/strict';
import type { InstanceRow } from '../../../../src/model/facts';
import { domainGone } from '../../../../src/zombies/hypervisor/domainGone';
import {
  daysAgo,
  deleteAction,
  deletedRow,
  directory,
  domain,
  dossier,
  holdings,
  host,
  migration,
  minutesAgo,
  row,
  scene,
} from '../build';
import type { Depth } from '../../../../src/model/suspect';
import { expectMissing, expectNone, expectVerdict, found, glimpseOf } from '../expectations';

const gone = dossier({ rows: [row()], directories: [directory()], ...holdings });

function goneWith(facts: Partial<InstanceRow>): typeof gone {
  return { ...gone, rows: [row(facts)] };
}

describe('domain gone', () => {
  it('is suspected, and only its repair is drafted', () => {
    const { remedy, missing, host: shown } = expectVerdict('suspected', domainGone, gone, scene());
    assert.equal(shown, 'compute-01');
    assert.deepEqual(missing, ['nothing shows that anyone asked for a delete']);
    assert.equal(remedy.wanted, false);
    assert.deepEqual([remedy.domains, remedy.directories], [[], []]);
    const drafted = (depth: Depth): string[] =>
      remedy.manual.filter(({ depths }) => depths?.includes(depth) ?? true).map(({ command }) => command);
    assert.deepEqual(drafted('none'), [`openstack server reboot --hard ${gone.uuid}`]);
    assert.equal(drafted('mark-deleted').length, 3, 'port, volume and allocation go with the row');
    assert.deepEqual(
      [remedy.depth, remedy.depths],
      ['none', ['none', 'mark-deleted', 'complete', 'archive']],
    );
  });

  for (const vmState of ['paused', 'suspended', 'stopped', 'rescued', 'resized', 'shelved', 'error']) {
    it(`is suspected in vm_state ${vmState}`, () => {
      expectVerdict('suspected', domainGone, goneWith({ vmState }), scene());
    });
  }

  for (const vmState of ['shelved_offloaded', 'building', 'deleted', 'soft-delete', null]) {
    it(`is not found in vm_state ${vmState ?? 'NULL'}: no domain is due`, () => {
      expectNone(/no domain is due|being deleted/, domainGone, goneWith({ vmState }), scene());
    });
  }

  it('is not found when a domain of it is on any host', () => {
    for (const name of ['compute-01', 'compute-02']) {
      expectNone(
        new RegExp(`the domain is on ${name}`),
        domainGone,
        { ...gone, domains: [domain(name)] },
        scene(),
      );
    }
  });

  it('is not found on a host without libvirt', () => {
    const hosts = [host('compute-01', { hypervisorType: 'ironic' })];
    expectNone(/does not run libvirt/, domainGone, gone, scene({ hosts }));
  });

  it('is not found when it was built a short time ago, or started anew', () => {
    expectNone(
      /a short time ago/,
      domainGone,
      goneWith({ createdAt: minutesAgo(5), launchedAt: null }),
      scene(),
    );
    expectNone(/a short time ago/, domainGone, goneWith({ launchedAt: minutesAgo(5) }), scene());
  });

  it('is not found when a task began a short time ago, and unknown when it hangs', () => {
    expectNone(
      /a short time ago/,
      domainGone,
      goneWith({ taskState: 'rebooting_hard', updatedAt: minutesAgo(5) }),
      scene(),
    );
    expectMissing(
      /task_state is rebooting_hard/,
      expectVerdict('unknown', domainGone, goneWith({ taskState: 'rebooting_hard' }), scene()),
    );
  });

  it('leaves what is being deleted to stuck deleting', () => {
    expectNone(/being deleted/, domainGone, goneWith({ taskState: 'deleting' }), scene());
    expectNone(/being deleted/, domainGone, goneWith({ taskState: 'soft-deleting' }), scene());
  });

  it('is not found without a live row, and without a host', () => {
    expectNone(/no live row/, domainGone, dossier({ rows: [deletedRow()] }), scene());
    expectNone(/names no host/, domainGone, goneWith({ host: null }), scene());
  });

  it('is no candidate on a host that did not answer: nothing was seen to be missing', () => {
    const hosts = [host('compute-01', { silent: true })];
    assert.equal(domainGone.candidate(glimpseOf(gone), scene({ hosts })), false);
    const { why } = expectVerdict('unknown', domainGone, gone, scene({ hosts }));
    assert.match(why, /not known/);
  });

  it('is no candidate while its domain is there', () => {
    assert.equal(domainGone.candidate(glimpseOf(gone), scene()), true);
    assert.equal(domainGone.candidate(glimpseOf({ ...gone, domains: [domain()] }), scene()), false);
  });

  it('is unknown on a host that is none of those that are known', () => {
    expectVerdict('unknown', domainGone, goneWith({ host: 'compute-09', node: null }), scene());
  });

  describe('when most domains of the host are missing', () => {
    const crowded = (missingDomains: number, expectedDomains: number): ReturnType<typeof scene> =>
      scene({ hosts: [host('compute-01', { missingDomains, expectedDomains })] });
    const wanted = {
      ...goneWith({ vmState: 'error', updatedAt: daysAgo(3) }),
      deleteActions: [deleteAction(daysAgo(3))],
    };

    it('is first of all a host problem', () => {
      expectMissing(/host problem: 5 of 10/, expectVerdict('suspected', domainGone, wanted, crowded(5, 10)));
      expectVerdict('suspected', domainGone, wanted, crowded(2, 2));
    });

    it('is none when fewer than half are missing, or only one', () => {
      expectVerdict('confirmed', domainGone, wanted, crowded(4, 10));
      expectVerdict('confirmed', domainGone, wanted, crowded(1, 1));
    });
  });

  describe('with a delete in instance_actions', () => {
    const asked = daysAgo(3);
    const failed = {
      ...goneWith({ vmState: 'error', updatedAt: daysAgo(3) }),
      deleteActions: [deleteAction(asked)],
    };

    it('is confirmed when the delete is the last that happened to it', () => {
      const { remedy } = expectVerdict('confirmed', domainGone, failed, scene());
      assert.equal(remedy.wanted, true);
      assert.equal(remedy.depth, 'mark-deleted');
      assert.deepEqual(remedy.directories, gone.directories);
      assert.equal(remedy.manual.length, 3);
      assert.ok(remedy.manual.every(({ command }) => !command.includes('reboot')));
    });

    it('is deleted by the API first where the cloud has its APIs, and unwanted only as a pick', () => {
      const wanted = found(domainGone, failed, scene({ apis: true })).remedy;
      assert.deepEqual([wanted.depth, wanted.depths[0]], ['api', 'api']);
      const unwanted = found(domainGone, gone, scene({ apis: true })).remedy;
      assert.deepEqual([unwanted.depth, unwanted.depths.slice(0, 2)], ['none', ['none', 'api']]);
      for (const { manual } of [wanted, unwanted]) {
        const requests = manual.filter(({ depths }) => depths?.includes('api')).map(({ api }) => api);
        assert.deepEqual(requests, [{ do: 'delete-server', id: gone.uuid }]);
      }
    });

    it('is suspected when the instance changed after it: a soft delete may have been restored', () => {
      for (const facts of [
        { vmState: 'error', updatedAt: daysAgo(2) },
        { vmState: 'active', updatedAt: minutesAgo(3 * 24 * 60 - 10) },
        { vmState: 'error', updatedAt: daysAgo(3), launchedAt: daysAgo(2) },
      ]) {
        const finding = expectVerdict('suspected', domainGone, { ...failed, rows: [row(facts)] }, scene());
        expectMissing(/may have been restored/, finding);
        assert.equal(finding.remedy.wanted, false);
      }
    });

    it('is suspected when it was migrated after it', () => {
      const migrations = [migration('completed', { createdAt: daysAgo(1) })];
      expectVerdict('suspected', domainGone, { ...failed, migrations }, scene());
    });
  });

  it('asks for the hard reboot before any removal', () => {
    const commands = found(domainGone, gone, scene()).ladder.flatMap(({ command }) => command ?? []);
    assert.deepEqual(commands, [
      `openstack server reboot --hard ${gone.uuid}`,
      `openstack server delete ${gone.uuid}`,
    ]);
  });

  it('says what a nova-compute may write again below a row that was marked, and as what it shows', () => {
    const { ladder } = found(domainGone, gone, scene());
    assert.match(ladder.at(-1)?.title ?? '', /scan again when nova-compute on compute-01 .* "live rows/);
  });
});
