import assert from 'node:assert/strict';
import { traceText, type Traces } from '../../../src/app/engine/traceText';
import { suspect, uuid } from '../vscode/suspects';

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
  domains: [],
  directories: [],
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
    ]);
    assert.match(traceText(traces), /^ {2}the row is live \(cell1, 2026/m);
  });

  it('leaves out what is NULL, and keeps each value on its line', () => {
    const text = traceText(traces);
    assert.doesNotMatch(text, /null|^ {2}(host|tag)/m);
    assert.match(text, /^ {2}note {2}"two\\nlines"$/m);
  });

  it('says that nothing was found', () => {
    const { suspect: known, ...rest } = traces;
    assert.ok(known);
    assert.match(traceText({ ...rest, rows: [] }), /Nothing that could be read mentions it\./);
  });
});
