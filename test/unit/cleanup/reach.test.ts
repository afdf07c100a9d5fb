import assert from 'node:assert/strict';
import { edited, errorsOf, infoCache, refusedIn, text } from './editing';
import { otherUuid, uuid } from './subjects';

const events = 'WHERE action_id IN (101, 102)';
const proven = 'AND id IN (101, 102)';
const sysmeta = `UPDATE nova_cell1.instance_system_metadata SET`;

function isRefused(plan: string): void {
  assert.ok(errorsOf(plan).length > 0);
}

describe('a change reaches no row of another instance', () => {
  it('by a list of ids that says something else than the guard on it', () => {
    for (const [list, guard] of [
      ["('7', '8')", "('1', '2')"],
      ['(`action_id`, `id`)', "('101', '102')"],
      ['(id, 102)', '(id, 102)'],
      ['(action_id, 102)', '(action_id, 102)'],
      ['(NULL, 102)', '(NULL, 102)'],
      ['(101 + 0, 102)', '(101 + 0, 102)'],
      ['(101, 102) = 0', '(101, 102)'],
    ] as const) {
      const plan = edited(events, `WHERE action_id IN ${list}`).replace(proven, `AND id IN ${guard}`);
      isRefused(plan);
    }
  });

  it('by giving it rows of this one', () => {
    const other = `CONCAT('${otherUuid.slice(0, 8)}', '${otherUuid.slice(8)}')`;
    for (const set of [
      `instance_uuid = ${other}`,
      `INSTANCE_UUID = ${other}`,
      `\`instance_uuid\` = LOWER(X'64')`,
      `value = 'x', instance_uuid = REPLACE('${uuid}', '0', '1')`,
      `nova_cell1.instance_system_metadata.instance_uuid = ${other}`,
      'id = 7',
      'instance_uuid = NULL + 1',
    ]) {
      const plan = edited(infoCache, `${sysmeta} ${set} WHERE instance_uuid = '${uuid}';`);
      isRefused(plan);
    }
    const fine = `${sysmeta} value = 'x', deleted = id WHERE instance_uuid = '${uuid}';`;
    assert.deepEqual(errorsOf(edited(infoCache, fine)), []);
  });

  it('by deleting inventory of the host, which is only freed', () => {
    const change = `DELETE FROM nova_cell1.pci_devices WHERE instance_uuid = '${uuid}';`;
    assert.deepEqual(refusedIn(infoCache, change), ['DELETE']);
  });
});

describe('a guard', () => {
  const condition = text.slice(text.indexOf(`updated_at <=>`), text.indexOf('\n  FOR UPDATE'));

  it('may not be written so that it finds no row to raise on', () => {
    for (const clause of [
      'GROUP BY id',
      'HAVING 0',
      'LIMIT 0',
      'LIMIT 1 OFFSET 1',
      'OFFSET 1 ROWS',
      'ORDER BY 1',
      'UNION SELECT 1 FROM nova_cell1.instances WHERE 1',
      'EXCEPT SELECT 1 FROM nova_cell1.instances WHERE 1',
    ]) {
      isRefused(edited(condition, `${condition} ${clause}`));
    }
  });

  it('for a row that is not there has no room for one that is', () => {
    isRefused(edited('SELECT IF(COUNT(*) = 1', 'SELECT IF(COUNT(*) = 0'));
  });
});

const row = `-- @expect rows=1\nDELETE FROM nova_cell1.instances WHERE uuid = '${uuid}';`;
const apiUnit = text.slice(text.indexOf('-- @unit database="api"'));
const cellUnit = text.slice(text.indexOf('-- @unit cell='), text.indexOf('-- @unit database="api"'));
const update = (set: string, more = '', rows = 1): string =>
  `-- @expect rows=${rows}\nUPDATE nova_cell1.instances SET ${set} WHERE uuid = '${uuid}'${more};`;

describe('a live row', () => {
  function staysWith(change: string): void {
    const plan = edited(row, change).replace(apiUnit, '');
    const [error] = errorsOf(plan);
    assert.match(error?.message ?? '', /row of the instance would stay/, change);
    assert.match(plan.slice(error?.span.start, error?.span.end), /^DELETE FROM nova_cell1\.instance_/);
  }

  it('keeps what hangs on it when it stays', () => {
    staysWith('');
  });

  it('stays when a change of it neither deletes it nor marks it as deleted', () => {
    for (const set of ['cleaned = 0', 'deleted = 0', 'deleted = 00', 'deleted = deleted', 'deleted = NULL']) {
      staysWith(update(set));
    }
    for (const set of ['deleted = id, deleted = 0', 'deleted = id * 0', "deleted = '7'", 'deleted = - 0']) {
      staysWith(update(set));
    }
    staysWith(update('deleted = id', ' AND 0', 0));
    staysWith(row.replace('rows=1', 'rows=0').replace("';", "' AND 0;"));
  });

  it('may lose what hangs on it when it is marked as deleted with it', () => {
    for (const set of ['deleted = id', 'cleaned = 0, `deleted` = `id`', 'DELETED = ID', 'deleted = 29']) {
      assert.deepEqual(errorsOf(edited(row, update(set))), [], set);
    }
  });

  it('may lose what hangs on it when Nova has deleted it', () => {
    const plan = edited(row, '').replace(apiUnit, '').replace('AND deleted = 0', 'AND deleted = 29');
    assert.deepEqual(errorsOf(plan), []);
  });

  it('keeps what the API database knows of it when it stays', () => {
    const stays = (plan: string): void => {
      const found = errorsOf(plan).map(({ span }) => plan.slice(span.start, span.end));
      assert.equal(found.length, 1, JSON.stringify(found));
      assert.match(found[0] ?? '', /^DELETE FROM nova_api\./);
    };
    stays(edited(cellUnit, ''));
    stays(edited(cellUnit, '').replace('depth="complete"', 'depth="archive"'));
    stays(edited(cellUnit, '').replace('depth="complete"', 'depth="mark-deleted"'));
    // Another cell has a row of it that Nova has deleted: that is not the one that the mapping leads to.
    stays(edited('AND deleted = 0', 'AND deleted = 29'));
  });
});

describe('the depth of a section', () => {
  it('fits what the statements do', () => {
    for (const depth of ['none', 'purge', 'mark-deleted']) {
      const plan = edited('depth="complete"', `depth="${depth}"`);
      assert.match(errorsOf(plan)[0]?.message ?? '', new RegExp(`depth ${depth} does not`));
    }
  });
});
