import assert from 'node:assert/strict';
import { traceText, type Traces } from '../../../src/app/engine/traceText';
import { suspect, uuid } from '../vscode/suspects';
import { dossier, domain } from '../zombies/build';

const traces: Traces = {
  cloud: 'demo',
  uuid: uuid(1),
  suspect: suspect({
    name: 'a\u202eb',
    missing: ['compute-04 was not read'],
    evidence: [{ source: 'cell:9f0c', text: 'the row is live', at: '2026-11-23T10:00:00Z' }],
    ladder: [{ title: 'delete it again', command: 'openstack server delete 1' }],
    cleared: ['no migration'],
  }),
  sourceName: (id) => (id === 'cell:9f0c' ? 'cell1' : id),
  rows: [
    { database: 'cell1', table: 'block_device_mapping', rows: [{ id: '1', tag: null }] },
    { database: 'cell1', table: 'instances', rows: [{ uuid: uuid(1), host: null, note: 'two\nlines' }] },
  ],
  dossier: dossier(),
  reasons: ['domain gone: no, it is there'],
  unread: [],
};

describe('all about an instance, as text', () => {
  it('says why it is suspected, then its row, then all else', () => {
    const headings = traceText(traces)
      .split('\n')
      .filter((line) => /^\S/.test(line));
    assert.deepEqual(headings, [
      `Everything about a\\u202eb ${uuid(1)} on demo`,
      'Verdict',
      'Speaks against it, or could not be read',
      'Evidence',
      'First try',
      'Checked, and not so',
      'cell1: instances',
      'cell1: block_device_mapping',
      'Why no other kind holds',
    ]);
    assert.match(traceText(traces), /^ {2}the row is live \(cell1, 2026/m);
  });

  it('leaves out what is NULL, and keeps each value on its line', () => {
    const text = traceText(traces);
    assert.doesNotMatch(text, /null|^ {2}(host|tag)/m);
    assert.match(text, /^ {2}note {2}"two\\nlines"$/m);
  });

  it('has what a fresh look shows of every service, and nothing where none has anything', () => {
    const known = dossier({
      domains: [domain()],
      consumer: { type: 'INSTANCE', allocations: 2 },
      neutronPorts: [
        {
          id: 'p1',
          deviceOwner: 'compute:nova',
          projectId: 'd3b1',
          status: 'DOWN',
          addresses: ['172.20.69.4'],
        },
      ],
      attachments: [{ id: 'a1', volumeId: 'v1', status: 'reserved' }],
      missingVolumes: ['v2'],
      nodes: [{ uuid: 'n1', name: 'metal-1', provisionState: 'active', maintenance: false }],
      projectGone: true,
      novaApi: 'absent',
    });
    const text = traceText({ ...traces, dossier: known });
    for (const heading of [
      'Domain on compute-01',
      'Nova, by its API',
      'Placement: consumer',
      'Neutron: port',
      'Cinder: attachment',
      'Cinder has no such volume',
      'Ironic: node',
      'Keystone',
    ]) {
      assert.ok(text.split('\n').includes(heading), heading);
      assert.ok(heading.startsWith('Domain') || !traceText(traces).includes(heading), heading);
    }
    assert.match(text, /^ {2}addresses {4}\["172\.20\.69\.4"\]$/m);
  });

  it('says of every kind that holds what bears it out and what is to be tried', () => {
    const gone = suspect({
      kind: 'domain-gone',
      why: 'libvirt has no such domain',
      missing: ['its host was not read'],
      ladder: [{ title: 'start it again' }],
    });
    const text = traceText({ ...traces, suspect: suspect({ also: [gone] }) });
    const [, also = ''] = text.split('\nAlso\n');
    for (const line of ['libvirt has no such domain', 'its host was not read', 'start it again']) {
      assert.ok(also.includes(`\n  ${line}\n`), line);
    }
  });

  it('says how often it was seen', () => {
    const sighting = { first: '2026-11-22T10:00:00.000Z', last: '2026-11-23T10:00:00.000Z', count: 3 };
    assert.match(
      traceText({ ...traces, suspect: suspect({ sighting }) }),
      /seen in 3 looks, the first at 2026-11-22T10:00:00\.000Z, the last at 2026-11-23/,
    );
  });

  it('says that nothing was found', () => {
    const { suspect: known, ...rest } = traces;
    assert.ok(known);
    assert.match(traceText({ ...rest, rows: [] }), /Nothing that could be read mentions it\./);
  });
});
