import assert from 'node:assert/strict';
import { draft } from '../../../src/cleanup/draft';
import { parse } from '../../../src/cleanup/parse';
import type { DraftSubject } from '../../../src/model/content';
import type { Depth } from '../../../src/model/suspect';
import { assertGolden } from './golden';
import { madeSchema } from './schemas';
import {
  apiOrphans,
  cell2,
  cellContent,
  cellWithoutIds,
  inputOf,
  instance,
  orphans,
  subject,
  suspect,
  uuid,
  withRemedy,
  zed,
} from './subjects';

function textOf(one: DraftSubject, depth?: Depth): string {
  return draft({ ...inputOf(one), ...(depth ? { depth } : {}) }).text;
}

function reasonFor(one: DraftSubject, depth?: Depth): string {
  const { text, refused } = draft({ ...inputOf(one), ...(depth ? { depth } : {}) });
  assert.ok(!text.includes('@instance'), 'nothing is drafted');
  return refused.map(({ reason }) => reason).join();
}

const directory = {
  host: 'compute-02',
  uuid,
  suffix: '' as const,
  path: `/var/lib/nova/instances/${uuid}`,
  bytes: 32641751449,
  modifiedAt: '2026-11-01T00:00:00Z',
};
const domain = { host: 'compute-02', uuid, name: 'instance-0000001d', state: 'running' as const, disks: [] };

describe('the document of a cleanup plan', () => {
  for (const depth of ['mark-deleted', 'complete', 'archive'] as const) {
    it(`of a live instance at depth ${depth}`, () =>
      assertGolden(`${depth}.cleanup.sql`, textOf(subject, depth)));
  }

  it('of rows without a parent at depth purge', () => {
    const one = {
      ...withRemedy({ depth: 'purge' }, { kind: 'rows-without-parent' }),
      contents: [orphans, apiOrphans],
    };
    assertGolden('purge.cleanup.sql', textOf(one));
  });

  it('of a domain and a directory at depth none, with steps by hand and a word to type', () => {
    const manual = [{ command: `openstack volume delete 5b1f`, why: 'the volume 5b1f is attached to it' }];
    const one = withRemedy(
      { depth: 'none', wanted: false, domains: [domain], directories: [directory], manual },
      { kind: 'domain-without-instance', verdict: 'suspected', missing: ['compute-04 was not read'] },
    );
    const input = inputOf({ ...one, contents: [] });
    assertGolden('none.cleanup.sql', draft({ ...input, directories: 'delete' }).text);
  });

  it('calls a cell by its name beside its id', () => {
    const sourceNames = new Map([['cell:9f0c8a34-29e2-4b1e-8f5d-6a1de5ba6d4f', 'cell1']]);
    const { text } = draft({ ...inputOf(subject), sourceNames });
    assert.match(text, /\(cell1, cell:9f0c8a34-29e2-4b1e-8f5d-6a1de5ba6d4f, 2026/);
  });

  it('is read back without a problem, at every depth', () => {
    for (const depth of ['none', 'mark-deleted', 'complete', 'archive'] as const) {
      const text = textOf(
        withRemedy({ depth: 'none', depths: [depth], domains: [domain], directories: [directory] }),
        depth,
      );
      assert.deepEqual(parse(text).problems, []);
    }
  });
});

describe('the order of a section', () => {
  it('is: by hand, domain, directory, cells, API database', () => {
    const manual = [{ command: 'openstack port delete 1', why: 'a port' }];
    const one = withRemedy({ wanted: false, domains: [domain], directories: [directory], manual });
    const { sections } = parse(textOf(one));
    const steps = sections[0]?.steps.map((step) => (step.step === 'unit' ? step.schema : step.step));
    assert.deepEqual(steps, ['confirm', 'manual', 'domain', 'directory', 'nova_cell1', 'nova_api']);
  });
});

describe('a step by an API', () => {
  const port = { do: 'delete-port', id: '8d3b2c1a-0000-4000-8000-000000000001' } as const;
  const manual = [
    { command: 'openstack port delete 1', why: 'a port', api: port },
    {
      command: 'openstack resource provider allocation delete',
      why: 'the allocations',
      api: { do: 'delete-allocations', consumer: uuid } as const,
    },
    { command: 'openstack volume set 2', why: 'a volume' },
  ];
  const one = withRemedy({ domains: [domain], directories: [directory], manual });

  it('stands between the hosts and the rows, and says what is sent and that it is irreversible', () =>
    assertGolden('api-steps.cleanup.sql', textOf(one)));

  it('is read back as it was drafted; what no API does stays a step by hand', () => {
    const { sections, problems } = parse(textOf(one));
    assert.ok(problems.every(({ severity }) => severity === 'warning'));
    const steps = sections[0]?.steps ?? [];
    assert.deepEqual(
      steps.map(({ step }) => step),
      ['manual', 'domain', 'directory', 'api', 'api', 'unit', 'unit'],
    );
    assert.deepEqual(
      steps.flatMap((step) => (step.step === 'api' ? [step.request] : [])),
      [port, { do: 'delete-allocations', consumer: uuid }],
    );
  });
});

describe('the depth api', () => {
  const port = { do: 'delete-port', id: '8d3b2c1a-0000-4000-8000-000000000001' } as const;
  const manual = [
    {
      command: 'openstack server set --state error 1',
      why: 'it is taken out of deleting',
      api: { do: 'reset-state', id: uuid, state: 'error' } as const,
      depths: ['api'] as const,
    },
    {
      command: 'openstack server delete 1',
      why: 'Nova deletes it',
      api: { do: 'delete-server', id: uuid } as const,
      depths: ['api'] as const,
    },
    {
      command: 'openstack port delete 1',
      why: 'a port',
      api: port,
      depths: ['mark-deleted'] as const,
    },
  ];
  const ways = { depth: 'api', depths: ['api', 'mark-deleted'], manual } as const;

  it('asks Nova, and leaves domains, directories and rows to it', () => {
    const text = textOf(withRemedy({ ...ways, domains: [domain], directories: [directory] }));
    assertGolden('api.cleanup.sql', text);
    assert.deepEqual(parse(text).problems, []);
  });

  it('asks for the word where nobody is known to have wanted the instance gone', () => {
    assert.ok(textOf(withRemedy({ ...ways, wanted: false })).includes('@confirm'));
  });

  it('goes the other way when it is asked to', () => {
    const steps = parse(textOf(withRemedy(ways), 'mark-deleted')).sections[0]?.steps ?? [];
    assert.deepEqual(
      steps.map((step) => (step.step === 'api' ? step.request : step.step)),
      [port, 'unit', 'unit'],
    );
  });
});

describe('a step by hand', () => {
  it('is drafted with the depths that it goes with, and no other', () => {
    const manual = [
      { command: 'openstack server reboot --hard 1', why: 'the repair', depths: ['none'] as const },
      { command: 'openstack port delete 1', why: 'a port', depths: ['mark-deleted'] as const },
    ];
    const one = withRemedy({ depth: 'none', depths: ['none', 'mark-deleted'], manual });
    assert.ok(textOf(one).includes('reboot --hard') && !textOf(one).includes('port delete'));
    const deeper = textOf(one, 'mark-deleted');
    assert.ok(deeper.includes('port delete') && !deeper.includes('reboot --hard'));
  });
});

describe('the word to type', () => {
  const asks = (one: DraftSubject): boolean => textOf(one).includes('@confirm');

  it('is asked for what is only suspected', () => {
    assert.ok(asks(withRemedy({ depth: 'none' }, { verdict: 'suspected' })));
    assert.ok(!asks(withRemedy({ depth: 'none' })));
  });

  it('is asked where nobody is known to have wanted the instance gone and it loses a row, a disk or a domain', () => {
    assert.ok(asks(withRemedy({ wanted: false })));
    assert.ok(asks(withRemedy({ wanted: false, depth: 'none', directories: [directory] })));
    assert.ok(asks(withRemedy({ wanted: false, depth: 'none', domains: [domain] })));
    assert.ok(!asks(withRemedy({ wanted: false, depth: 'none' })));
    assert.ok(!asks({ ...withRemedy({ wanted: false, depth: 'purge' }), contents: [orphans] }));
  });
});

describe('the depth', () => {
  it('is the default where the picked one is not offered, and the section says so', () => {
    const text = textOf(withRemedy({ depth: 'none', depths: ['none', 'mark-deleted'] }), 'archive');
    assert.match(text, /depth="none"/);
    assert.match(text, /^-- depth .*archive was asked for/m);
  });

  it('is not complete and not archive while anything speaks against it', () => {
    const one = withRemedy({}, { verdict: 'suspected', missing: ['compute-04 did not answer'] });
    for (const depth of ['complete', 'archive'] as const) {
      const text = textOf(one, depth);
      assert.match(text, /depth="mark-deleted"/);
      assert.match(text, /compute-04 did not answer$/m);
      assert.ok(!text.includes('DELETE FROM nova_cell1.instances '));
    }
  });

  it('purge is refused while there is a row of instances', () => {
    assert.match(reasonFor(withRemedy({ depth: 'purge' })), /row of instances in nova_cell1/);
  });

  it('archive is refused where a shadow table would lose a column', () => {
    const shadow = zed.tables.get('shadow_instance_info_caches');
    assert.ok(shadow);
    const columns = shadow.columns.filter(({ name }) => name !== 'network_info');
    const tables = new Map([...zed.tables, ['shadow_instance_info_caches', { ...shadow, columns }]]);
    const one = { ...subject, contents: [{ ...cellContent, schema: { ...zed, tables } }] };
    assert.match(textOf(one, 'archive'), /instance_info_caches lack columns/);
  });

  it('marks no row twice: what Nova has deleted already stays as it is', () => {
    const deleted = {
      ...cellContent,
      instance: { ...instance, deleted: 29 },
      counts: new Map([['instance_faults', 2]]),
    };
    assert.deepEqual(parse(textOf({ ...subject, contents: [deleted] })).sections[0]?.steps, []);
  });
});

describe('a suspect that can not be drafted is named with the reason', () => {
  it('a verdict that allows nothing', () => {
    assert.match(
      reasonFor(withRemedy({}, { verdict: 'unknown', missing: ['cell2 is down'] })),
      /unknown: cell2 is down/,
    );
    assert.match(
      reasonFor(withRemedy({}, { verdict: 'legitimate', cleared: ['it is being built'] })),
      /legitimate/,
    );
  });

  it('a table with a foreign key that nobody declared', () => {
    const schema = madeSchema('nova_cell1', {
      instances: { id: null, uuid: null },
      billing: { id: null, i: 'instances' },
    });
    assert.match(reasonFor({ ...subject, contents: [{ ...cellContent, schema }] }), /nova_cell1 .*billing/);
  });

  it('foreign keys in a circle', () => {
    const schema = madeSchema('nova_cell1', {
      instances: { id: null, uuid: null, fault_id: 'instance_faults' },
      instance_faults: { id: null, instance_uuid: 'instances' },
    });
    assert.match(
      reasonFor({ ...subject, contents: [{ ...cellContent, schema }] }),
      /circle: .*instance_faults/,
    );
  });

  it('live rows in two cells', () => {
    const second = { ...cellContent, database: cell2, schema: { ...zed, name: 'nova_cell2' } };
    assert.match(reasonFor({ ...subject, contents: [cellContent, second] }), /nova_cell1, nova_cell2/);
  });

  it('something that is no UUID', () => {
    assert.match(reasonFor({ ...subject, suspect: { ...suspect, uuid: "' OR 1 = 1" } }), /no UUID/);
  });
});

describe('the condition on a table that names the instance through another', () => {
  it('lists the ids that were read, behind a guard that proves them', () => {
    const text = textOf(subject, 'complete');
    assert.match(
      text,
      /instance_actions\n {2}WHERE instance_uuid = '0a2d.*'\n {4}AND id IN \(101, 102\)\n {2}FOR UPDATE/,
    );
    assert.match(text, /instance_actions_events WHERE action_id IN \(101, 102\);/);
  });

  it('asks the other table where no ids were read', () => {
    const text = textOf({ ...subject, contents: [cellWithoutIds] }, 'complete');
    assert.match(
      text,
      /action_id IN \(SELECT id FROM nova_cell1\.instance_actions WHERE instance_uuid = '0a2d.*'\);/,
    );
    assert.deepEqual(parse(text).problems, []);
  });
});
