import assert from 'node:assert/strict';
import { restObjection, staleness } from '../../../src/execution/staleness';
import type { ApiRequest } from '../../../src/model/apiRequest';
import type { Section, Step } from '../../../src/model/plan';
import type { Remedy, Suspect } from '../../../src/model/suspect';

const uuid = '0a2d1bf7-982c-4034-9713-566d58ced0c4';
const span = { start: 0, end: 0 };
const host = 'compute-02';
const path = `/var/lib/nova/instances/${uuid}`;

const domain: Step = { step: 'domain', host, uuid, state: 'running', span };
const directory: Step = { step: 'directory', host, path, bytes: 1, then: 'quarantine', span };
const confirm = (typed: string): Step => ({ step: 'confirm', type: '0a2d1bf7', typed, span });
const unit = (table: string): Step => ({
  step: 'unit',
  database: 'cell',
  schema: 'nova',
  statements: [{ kind: 'delete', sql: '', table, where: '', expect: 1, span }],
  span,
});

function section(changes: Partial<Section>): Section {
  const common = { uuid, name: 'web-01', kind: 'stuck-deleting', span, range: span } as const;
  return { ...common, verdict: 'confirmed', depth: 'complete', steps: [], ...changes };
}

function suspect(changes: Partial<Suspect>, remedy: Partial<Remedy> = {}): Suspect {
  const domains = [{ host, uuid, name: 'd', state: 'running' as const, disks: [] }];
  const directories = [{ host, uuid, suffix: '' as const, path, bytes: 1, modifiedAt: '' }];
  const common = {
    evidence: [],
    cleared: [],
    missing: [],
    ladder: [],
    addresses: [],
    also: [],
    bytes: 0,
    why: 'why',
  };
  return {
    uuid,
    subject: 'instance',
    name: 'web-01',
    kind: 'stuck-deleting',
    verdict: 'confirmed',
    ...common,
    remedy: {
      wanted: true,
      depth: 'complete',
      depths: ['complete', 'mark-deleted'],
      domains,
      directories,
      manual: [],
      ...remedy,
    },
    ...changes,
  };
}

describe('a section before its run', () => {
  const whole = section({ steps: [domain, directory, unit('instances')] });

  it('may run when the fresh look bears all of it out', () => {
    assert.equal(staleness(whole, suspect({})), undefined);
  });

  const changed: [string, Partial<Section>, Suspect | undefined][] = [
    ['is not suspected any more', {}, undefined],
    ['is of another kind now', {}, suspect({ kind: 'domain-gone' })],
    ['could not be judged any more', {}, suspect({ verdict: 'unknown' })],
    ['turned out to be legitimate', {}, suspect({ verdict: 'legitimate' })],
    ['is less sure than it was', {}, suspect({ verdict: 'suspected' })],
    ['was of no verdict that may be drafted', { verdict: 'unknown' }, suspect({ verdict: 'unknown' })],
    ['has a depth that is not offered any more', {}, suspect({}, { depths: ['mark-deleted'] })],
    ['changes rows and says that it does not', { depth: 'none' }, suspect({})],
    [
      'removes the instance and says that it only marks it',
      { depth: 'mark-deleted' },
      suspect({}, { depths: ['mark-deleted'] }),
    ],
    ['removes a domain that is not to go', {}, suspect({}, { domains: [] })],
    [
      'removes a domain that was started since',
      {},
      suspect({}, { domains: [{ host, uuid, name: 'd', state: 'paused', disks: [] }] }),
    ],
    [
      'removes a domain on another host',
      {},
      suspect({}, { domains: [{ host: 'compute-03', uuid, name: 'd', state: 'running', disks: [] }] }),
    ],
    ['removes a directory that is not to go', {}, suspect({}, { directories: [] })],
  ];
  for (const [what, changes, fresh] of changed) {
    it(`is stale when it ${what}`, () => {
      assert.equal(staleness({ ...whole, ...changes }, fresh)?.code, 'stale-evidence');
    });
  }

  it('says what changed', () => {
    const error = staleness(whole, suspect({ verdict: 'unknown', missing: ['compute-03 did not answer'] }));
    assert.match(error?.message ?? '', /was confirmed and is now unknown: compute-03 did not answer/);
  });

  it('may be surer than it was', () => {
    const drafted = section({
      verdict: 'suspected',
      steps: [confirm('0a2d1bf7'), domain, unit('instances')],
    });
    assert.equal(staleness(drafted, suspect({})), undefined);
  });

  it('does not remove the row of a domain that it leaves: Nova would never see it again', () => {
    const withoutDomain = section({ steps: [directory, unit('instances')] });
    assert.match(staleness(withoutDomain, suspect({}))?.message ?? '', /domain .* on compute-02/);
    assert.equal(staleness(section({ steps: [directory, unit('tags')] }), suspect({})), undefined);
    const mapping = section({ steps: [directory, unit('instance_mappings')] });
    assert.match(staleness(mapping, suspect({}))?.message ?? '', /domain .* on compute-02/);
  });

  it('does not remove the row of an instance that is only suspected, even with the word', () => {
    const steps = [confirm('0a2d1bf7'), domain, unit('instances')];
    const drafted = section({ verdict: 'suspected', depth: 'mark-deleted', steps });
    const fresh = suspect({ verdict: 'suspected', missing: ['it was not looked for on: compute-04'] });
    assert.match(staleness(drafted, fresh)?.message ?? '', /only removed when nothing.*compute-04/);
  });

  describe('with steps by hand', () => {
    const command = 'openstack port delete 1';
    const fresh = suspect({}, { domains: [], manual: [{ command, why: '' }] });
    const manual = (done: boolean): Step => ({ step: 'manual', command, done, span });

    it('runs when they are marked as done, and not when one was taken out or came up since', () => {
      const rows = unit('instances');
      assert.equal(staleness(section({ steps: [manual(true), rows] }), fresh), undefined);
      assert.equal(staleness(section({ steps: [manual(false), rows] }), fresh)?.code, 'stale-evidence');
      assert.equal(staleness(section({ steps: [rows] }), fresh)?.code, 'stale-evidence');
    });

    it('says whether a step is to be marked as done, or to be drafted, and names the word too', () => {
      const rows = unit('instances');
      const open = staleness(section({ steps: [manual(false), rows] }), fresh);
      assert.match(
        `${open?.message} ${open?.action}`,
        /not marked as done: openstack port delete 1.*done="yes"/,
      );
      assert.doesNotMatch(open?.action ?? '', /word|draft/);
      const both = staleness(section({ steps: [confirm(''), manual(false), rows] }), fresh);
      assert.match(both?.action ?? '', /done="yes".*the word of the @confirm line/);
      const absent = staleness(section({ steps: [rows] }), fresh);
      assert.match(`${absent?.message} ${absent?.action}`, /not in the plan.*draft a new plan/);
    });

    it('asks for those of its depth only', () => {
      const other = suspect({}, { domains: [], manual: [{ command, why: '', depths: ['none'] }] });
      assert.equal(staleness(section({ steps: [unit('instances')] }), other), undefined);
    });
  });

  describe('with requests to the APIs', () => {
    const provider = '77ab3a0e-6d4e-4a0b-9d93-0e4b3a3f1a52';
    const whole = { do: 'delete-allocations', consumer: uuid } as const;
    const part = { do: 'unset-allocation', consumer: uuid, provider } as const;
    const command = 'openstack resource provider allocation delete';
    const fresh = suspect({}, { domains: [], manual: [{ command, why: '', api: whole }] });
    const api = (request: ApiRequest): Step => ({ step: 'api', request, span });
    const rows = unit('instances');

    it('runs when the fresh look asks for the same, or when it was done by hand', () => {
      const manual: Step = { step: 'manual', command, done: true, span };
      assert.equal(staleness(section({ steps: [api(whole), rows] }), fresh), undefined);
      assert.equal(staleness(section({ steps: [manual, rows] }), fresh), undefined);
      assert.equal(staleness(section({ steps: [rows] }), fresh)?.code, 'stale-evidence');
    });

    it('may take less than was asked for, but then the rows wait', () => {
      assert.equal(staleness(section({ steps: [api(part)] }), fresh), undefined);
      assert.equal(staleness(section({ steps: [api(part), rows] }), fresh)?.code, 'stale-evidence');
    });

    it('asks for nothing that the fresh look gives no reason for', () => {
      const port = api({ do: 'delete-port', id: provider });
      const error = staleness(section({ steps: [port, api(whole), rows] }), fresh);
      assert.match(error?.message ?? '', /not to be asked .* DELETE network/);
      const other = api({ ...whole, consumer: provider });
      assert.equal(staleness(section({ steps: [other] }), fresh)?.code, 'stale-evidence');
    });
  });

  describe('by the API alone', () => {
    const server = { do: 'delete-server', id: uuid } as const;
    const api = (request: ApiRequest): Step => ({ step: 'api', request, span });
    const manual = [{ command: 'openstack server delete', why: '', api: server, depths: ['api'] as const }];
    const ways: Partial<Remedy> = { depth: 'api', depths: ['api'], manual };
    const drafted = section({ depth: 'api', steps: [api(server)] });

    it('runs while it is offered, for good too', () => {
      assert.equal(staleness(drafted, suspect({}, ways)), undefined);
      const forced = section({ depth: 'api', steps: [api({ ...server, do: 'force-delete-server' })] });
      assert.equal(staleness(forced, suspect({}, ways)), undefined);
      assert.equal(staleness(drafted, suspect({}, { ...ways, depths: ['none'] }))?.code, 'stale-evidence');
      const reset = section({ depth: 'api', steps: [api({ do: 'reset-state', id: uuid, state: 'error' })] });
      assert.equal(staleness(reset, suspect({}, ways))?.code, 'stale-evidence');
    });

    it('needs the word for what nobody is known to have wanted gone', () => {
      assert.equal(staleness(drafted, suspect({}, { ...ways, wanted: false }))?.code, 'plan-refused');
    });
  });

  describe('of something that nobody is known to have wanted gone', () => {
    const unwanted = suspect({}, { wanted: false });

    for (const steps of [[domain], [directory], [domain, unit('instances')]]) {
      it(`needs the typed word: ${steps.map(({ step }) => step).join(', ')}`, () => {
        assert.equal(staleness(section({ steps }), unwanted)?.code, 'plan-refused');
        assert.equal(staleness(section({ steps: [confirm(''), ...steps] }), unwanted)?.code, 'plan-refused');
        assert.equal(staleness(section({ steps: [confirm('0a2d1bf7'), ...steps] }), unwanted), undefined);
      });
    }

    it('says where the word goes: into the line that is there, or into a line that is added', () => {
      const empty = staleness(section({ steps: [confirm(''), domain] }), unwanted);
      assert.match(empty?.action ?? '', /^Write 0a2d1bf7 between the quotes after typed=/);
      assert.match(staleness(section({ steps: [domain] }), unwanted)?.action ?? '', /^Add the line/);
    });

    it('needs the word of this instance, not of another', () => {
      const other: Step = { step: 'confirm', type: 'x', typed: 'x', span };
      assert.equal(staleness(section({ steps: [other, domain] }), unwanted)?.code, 'plan-refused');
    });

    it('needs the typed word to lose the mapping that leads to it, which a purge does not', () => {
      const steps = [unit('instance_mappings')];
      const rowsAlone = suspect({}, { wanted: false, domains: [] });
      assert.equal(staleness(section({ steps }), rowsAlone)?.code, 'plan-refused');
      const purged = suspect({}, { wanted: false, domains: [], depths: ['purge'] });
      assert.equal(staleness(section({ steps, depth: 'purge' }), purged), undefined);
    });

    it('needs no word for rows alone', () => {
      assert.equal(staleness(section({ steps: [unit('tags')] }), unwanted), undefined);
    });
  });

  it('of what is only suspected needs the typed word, whatever it does', () => {
    const drafted = section({ verdict: 'suspected', steps: [unit('tags')] });
    assert.equal(staleness(drafted, suspect({ verdict: 'suspected' }))?.code, 'plan-refused');
  });
});

describe('the rest of what an earlier run has begun', () => {
  const left = section({ steps: [directory], depth: 'none' });
  const other = suspect({ kind: 'leftover-directory' }, { domains: [] });

  it('may look like another kind by now, and only then', () => {
    assert.match(staleness(left, other)?.message ?? '', /was drafted as stuck-deleting/);
    assert.equal(staleness(left, other, true), undefined);
  });

  it('may be less certain by now where the word was typed', () => {
    const weaker = suspect({ kind: 'leftover-directory', verdict: 'suspected' }, { domains: [] });
    const typed = section({ steps: [confirm('0a2d1bf7'), directory], depth: 'none' });
    assert.match(staleness(left, weaker, true)?.message ?? '', /is now suspected/);
    assert.equal(staleness(typed, weaker, true), undefined);
    assert.ok(staleness(typed, weaker));
    assert.ok(staleness(typed, suspect({ verdict: 'unknown' }), true));
  });

  it('is still held against what the fresh look wants removed', () => {
    assert.ok(staleness(left, suspect({}, { directories: [] }), true));
  });

  it('is not done where a domain came back, or somebody keeps the instance', () => {
    const rest = section({ steps: [unit('instance_mappings')] });
    assert.equal(restObjection(rest, suspect({ verdict: 'unknown' }, { domains: [] })), undefined);
    assert.equal(restObjection(rest, undefined), undefined);
    assert.match(restObjection(rest, suspect({}))?.message ?? '', /would stay there/);
    assert.ok(restObjection(rest, suspect({ verdict: 'legitimate' }, { domains: [] })));
    assert.equal(
      restObjection(rest, suspect({ verdict: 'legitimate', young: true }, { domains: [] })),
      undefined,
    );
  });
});
