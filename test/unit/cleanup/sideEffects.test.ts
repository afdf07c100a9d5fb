import assert from 'node:assert/strict';
import { draft } from '../../../src/cleanup/draft';
import type { DraftSubject } from '../../../src/model/content';
import type { SideEffect } from '../../../src/model/schema';
import type { Depth } from '../../../src/model/suspect';
import { cellContent, inputOf, subject, zed } from './subjects';

function refusalOf(one: DraftSubject, depth?: Depth): string {
  const { text, refused } = draft({ ...inputOf(one), ...(depth ? { depth } : {}) });
  assert.ok(!text.includes('@instance'), 'nothing is drafted');
  return refused.map(({ reason }) => reason).join();
}

describe('a draft is refused for what the server would change by itself', () => {
  const withEffects = (...sideEffects: readonly SideEffect[]): DraftSubject => ({
    ...subject,
    contents: [{ ...cellContent, schema: { ...zed, sideEffects } }],
  });
  const key = (onDelete: string, onUpdate: string): SideEffect => ({
    table: 'instances',
    name: 'fk_acts',
    key: { child: 'instance_extra', onDelete, onUpdate },
  });

  it('by a key that acts on a DELETE, where rows are deleted', () => {
    const cascading = withEffects(key('CASCADE', 'RESTRICT'));
    assert.match(
      refusalOf(cascading, 'complete'),
      /rows of instance_extra by itself.* fk_acts says ON DELETE CASCADE/,
    );
    assert.deepEqual(draft(inputOf(cascading)).refused, [], 'to mark a row is no DELETE');
  });

  it('by a key that acts on an UPDATE, where rows are marked', () => {
    const renaming = withEffects(key('NO ACTION', 'SET NULL'));
    assert.match(refusalOf(renaming), /fk_acts says ON UPDATE SET NULL/);
    assert.ok(
      draft({ ...inputOf(renaming), depth: 'complete' }).text.includes('DELETE FROM nova_cell1.instances'),
    );
  });

  it('by a trigger of a table that changes, and of no other', () => {
    const trigger = (table: string): DraftSubject => withEffects({ table, name: 'tidy' });
    assert.match(refusalOf(trigger('instance_info_caches')), /trigger tidy of instance_info_caches/);
    assert.match(refusalOf(trigger('shadow_instances'), 'archive'), /trigger tidy of shadow_instances/);
    assert.deepEqual(draft(inputOf(trigger('services'))).refused, []);
  });
});
