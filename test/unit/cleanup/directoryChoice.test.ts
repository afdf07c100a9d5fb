import assert from 'node:assert/strict';
import { draft } from '../../../src/cleanup/draft';
import { apply, directoryChoice } from '../../../src/cleanup/directoryChoice';
import type { DraftSubject } from '../../../src/model/content';
import { inputOf, uuid, withRemedy } from './subjects';

const other = '7c1d2bf7-982c-4034-9713-566d58ced0c4';

function directoryOf(
  of: string,
  bytes = 32641751449,
): DraftSubject['suspect']['remedy']['directories'][number] {
  const path = `/var/lib/nova/instances/${of}`;
  return { host: 'compute-02', uuid: of, suffix: '', path, bytes, modifiedAt: '2026-11-01T00:00:00Z' };
}

/** Two instances, one of which waits for its word. */
const subjects = [
  withRemedy({ depth: 'none', directories: [directoryOf(uuid)] }),
  withRemedy(
    { depth: 'none', directories: [directoryOf(other, 12)] },
    { uuid: other, verdict: 'suspected', missing: ['compute-04 was not read'] },
  ),
];

function planOf(directories: 'quarantine' | 'delete'): string {
  const [first] = subjects;
  assert.ok(first);
  return draft({ ...inputOf(first), subjects, directories }).text;
}

function chosen(text: string, uuids: readonly string[], fate: 'quarantine' | 'delete'): string {
  return apply(text, directoryChoice(text, uuids, fate));
}

describe('quarantine or deletion, chosen for a drafted plan', () => {
  const both = [uuid, other];

  it('leaves the very text that would have been drafted so', () => {
    assert.equal(chosen(planOf('quarantine'), both, 'delete'), planOf('delete'));
    assert.equal(chosen(planOf('delete'), both, 'quarantine'), planOf('quarantine'));
  });

  it('changes nothing where it is so already', () => {
    assert.deepEqual(directoryChoice(planOf('delete'), both, 'delete'), []);
    assert.deepEqual(directoryChoice(planOf('quarantine'), [], 'delete'), []);
  });

  it('is about the chosen sections alone, in the header too', () => {
    const text = chosen(planOf('quarantine'), [other], 'delete');
    const deleted = text.split('\n').filter((line) => /irreversible|then="delete"/.test(line));
    assert.equal(deleted.length, 3);
    assert.ok(deleted.every((line) => !line.includes(uuid)));
    assert.equal(chosen(text, [other], 'quarantine'), planOf('quarantine'));
  });

  it('changes the directive alone where a remark was rewritten by hand', () => {
    const text = planOf('quarantine').replaceAll(/^.*can be brought back$/gm, '-- keep this one');
    const deleting = chosen(text, both, 'delete');
    assert.equal(deleting.match(/-- keep this one/g)?.length, 2);
    assert.equal(deleting.match(/then="delete"/g)?.length, 2);
  });

  it('reads lines that end as Windows writes them', () => {
    const text = chosen(planOf('quarantine').replaceAll('\n', '\r\n'), both, 'delete');
    assert.equal(text.replaceAll('\r\n', '\n'), planOf('delete'));
  });
});
