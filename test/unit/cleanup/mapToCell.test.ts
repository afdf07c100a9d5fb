import assert from 'node:assert/strict';
import { errorsOf } from './editing';
import { errorsWith, refused, textOf } from './repairEdits';
import { mapToCell, repaired, unmapped } from './repairs';
import { cell1, cell2, cellContent, otherUuid, uuid } from './subjects';

describe('a mapping that is given its cell', () => {
  const plan = textOf(repaired([mapToCell], [unmapped, cellContent]));
  const unitOf = (text: string): string =>
    text.slice(text.indexOf('-- @unit cell'), text.indexOf('-- @unit data'));
  const strange = /of the mapping, .* nothing else/;
  const onlyRow = /leads to the cell that has the row/;

  it('has no error as it was drafted, and its condition may be narrowed', () => {
    assert.deepEqual(errorsOf(plan), []);
    assert.deepEqual(errorsWith(plan, 'AND cell_id IS NULL;', 'AND cell_id IS NULL AND id = 7;'), []);
  });

  it('is given it only where it has none, and nothing else is set', () => {
    refused(plan, ' AND cell_id IS NULL;', ';', strange);
    refused(plan, ' AND cell_id IS NULL;', ' AND cell_id = 2;', strange);
    refused(plan, ', updated_at = UTC_TIMESTAMP()\n  WHERE', '\n  WHERE', strange);
    refused(plan, ', updated_at =', ', queued_for_delete = 1, updated_at =', strange);
    refused(plan, 'SET cell_id = (SELECT id FROM', 'SET cell_id = (SELECT 1 FROM', strange);
    refused(plan, 'nova_api.cell_mappings', 'nova_api.host_mappings', strange);
    refused(plan, 'UPDATE nova_api.instance_mappings', 'UPDATE nova_api.request_specs', /No repair changes/);
    const set = /SET cell_id = \(.*\), /.exec(plan)?.[0] ?? '';
    refused(plan, set, 'SET cell_id = 2, ', strange);
    refused(plan, set, 'SET cell_id = NULL, ', strange);
  });

  it('leads to the cell whose guard says that the row is live', () => {
    refused(plan, unitOf(plan), '', onlyRow);
    refused(plan, 'AND deleted = 0\n', 'AND deleted = 29\n', onlyRow);
    refused(plan, `cell_mappings WHERE uuid = '${cell1}'`, `cell_mappings WHERE uuid = '${cell2}'`, onlyRow);
    for (const deleted of [0, 29]) {
      const copy = unitOf(plan)
        .replaceAll(cell1, cell2)
        .replaceAll('nova_cell1', 'nova_cell2')
        .replace('AND deleted = 0\n', `AND deleted = ${deleted}\n`);
      refused(plan, '-- @unit database', `${copy}-- @unit database`, onlyRow);
    }
  });

  it('waits behind the guard that no build request is there', () => {
    const guard = /SELECT [^;]*build_requests[^;]*;/.exec(plan)?.[0] ?? '';
    const reason = 'no row of build_requests';
    refused(plan, guard, '', new RegExp(reason));
    refused(plan, guard, guard.replace('COUNT(*) = 0', 'COUNT(*) = 1'), new RegExp(reason));
    refused(plan, guard, guard.replace('FOR UPDATE', 'AND id = 9 FOR UPDATE'), new RegExp(reason));
    refused(plan, guard, guard.replace('FOR UPDATE', 'OR 1 = 1 FOR UPDATE'), new RegExp(reason));
    refused(plan, guard, guard.replace(uuid, otherUuid), new RegExp(reason));
    refused(plan, guard, guard.replace('build_requests', 'request_specs'), new RegExp(reason));
    const update = plan.slice(plan.lastIndexOf('-- @expect'), plan.lastIndexOf('COMMIT;'));
    const late = plan.replace(guard, '').replace(update, `${update}${guard}\n`);
    assert.ok(errorsOf(late).some(({ message }) => message.includes(reason)));
  });
});
