import assert from 'node:assert/strict';
import { edited, errorsOf, infoCache, refusedIn, text } from './editing';
import { otherUuid, uuid } from './subjects';

const events = `DELETE FROM nova_cell1.instance_actions_events WHERE action_id IN (101, 102);`;
const firstGuard = text.slice(
  text.indexOf('SELECT IF(COUNT'),
  text.indexOf('FOR UPDATE;') + 'FOR UPDATE;'.length,
);

/** Puts another change in the place of the one that cleans the network cache. */
function refused(change: string, at: string): void {
  const places = refusedIn(infoCache, change);
  assert.ok(places.includes(at), `${JSON.stringify(places)} holds ${JSON.stringify(at)}`);
}

describe('a change is refused', () => {
  it('without a condition, or with one that reaches further than the instance', () => {
    refused('DELETE FROM nova_cell1.instance_info_caches;', 'DELETE');
    refused('DELETE FROM nova_cell1.instance_info_caches WHERE 1 = 1;', 'DELETE');
    refused(`DELETE FROM nova_cell1.instance_info_caches WHERE instance_uuid = '${uuid}' OR 1 = 1;`, 'OR');
    refused(`DELETE FROM nova_cell1.instance_info_caches WHERE 1 || instance_uuid = '${uuid}';`, '|');
    refused(`DELETE FROM nova_cell1.instance_info_caches WHERE 1 XOR instance_uuid = '${uuid}';`, 'XOR');
    refused(
      `DELETE FROM nova_cell1.instance_info_caches WHERE id BETWEEN 1 AND instance_uuid = '${uuid}';`,
      'BETWEEN',
    );
    refused(
      `DELETE FROM nova_cell1.instance_info_caches WHERE CASE WHEN 1 THEN 1 AND instance_uuid = '${uuid}' AND 1 ELSE 1 END;`,
      'CASE',
    );
    refused(
      `DELETE FROM nova_cell1.instance_info_caches WHERE instance_uuid = '${uuid}' IS NOT NULL;`,
      'DELETE',
    );
    refused(`DELETE FROM nova_cell1.instance_info_caches WHERE NOT instance_uuid = '${uuid}';`, 'DELETE');
    refused(`DELETE FROM nova_cell1.instance_info_caches WHERE instance_uuid = '${uuid}' '';`, 'DELETE');
    refused(`DELETE FROM nova_cell1.instance_info_caches WHERE deleted = '${uuid}';`, 'DELETE');
    refused(`DELETE FROM nova_cell1.instance_info_caches WHERE instance_uuid >= '${uuid}';`, 'DELETE');
  });

  it('with the UUID of another instance, in any case', () => {
    const condition = `instance_uuid = '${uuid}' AND id IN (SELECT id FROM nova_cell1.instances WHERE uuid = '${otherUuid.toUpperCase()}')`;
    refused(
      `DELETE FROM nova_cell1.instance_info_caches WHERE ${condition};`,
      `'${otherUuid.toUpperCase()}'`,
    );
    refused(
      `DELETE FROM nova_cell1.instance_info_caches WHERE instance_uuid = '${otherUuid}';`,
      `'${otherUuid}'`,
    );
  });

  it('with ORDER BY, LIMIT or RETURNING', () => {
    const change = infoCache.slice(0, -1);
    refused(`${change} ORDER BY id;`, 'ORDER');
    refused(`${change} LIMIT 1;`, 'LIMIT');
    refused(`${change} RETURNING id;`, 'RETURNING');
  });

  it('of several tables', () => {
    refused(`DELETE a FROM nova_cell1.instance_info_caches a WHERE a.instance_uuid = '${uuid}';`, 'DELETE');
    refused(`DELETE FROM nova_cell1.tags, nova_cell1.instances USING nova_cell1.tags WHERE 1;`, 'DELETE');
    refused(
      `UPDATE nova_cell1.tags, nova_cell1.instances SET tag = 1 WHERE instance_uuid = '${uuid}';`,
      'UPDATE',
    );
    refused(
      `UPDATE nova_cell1.tags JOIN nova_cell1.instances SET tag = 1 WHERE instance_uuid = '${uuid}';`,
      'UPDATE',
    );
    refused(`DELETE IGNORE FROM nova_cell1.tags WHERE resource_id = '${uuid}';`, 'DELETE');
  });

  it('of a table that is not known to belong to instances', () => {
    refused(`DELETE FROM nova_cell1.services WHERE instance_uuid = '${uuid}';`, 'DELETE');
    refused(`DELETE FROM nova_cell1.shadow_instances WHERE uuid = '${uuid}';`, 'DELETE');
    refused(`DELETE FROM nova_cell1.instance_mappings WHERE instance_uuid = '${uuid}';`, 'DELETE');
  });

  it('outside of the schema of its unit, at any depth', () => {
    refused(`DELETE FROM nova_cell2.instance_info_caches WHERE instance_uuid = '${uuid}';`, 'nova_cell2');
    refused(`DELETE FROM instance_info_caches WHERE instance_uuid = '${uuid}';`, 'instance_info_caches');
    refused(
      `UPDATE nova_cell1.tags SET tag = (SELECT 1 FROM (SELECT 1 FROM mysql.user) x) WHERE resource_id = '${uuid}';`,
      'mysql',
    );
  });

  it('without a count, with two statements for one, or with a count for a SELECT', () => {
    assert.equal(errorsOf(edited(`-- @expect rows=1\n${infoCache}`, infoCache)).length, 1);
    assert.equal(errorsOf(edited(infoCache, `${infoCache}\n${infoCache}`)).length, 1);
    refused('SELECT 1;', '-- @expect rows=1');
    refused('', '-- @expect rows=1');
  });

  it('that inserts rows, or copies them elsewhere than to their shadow table', () => {
    refused(`INSERT INTO nova_cell1.tags (resource_id) VALUES ('${uuid}');`, 'INSERT');
    refused(
      `INSERT INTO nova_cell1.tags (tag) SELECT id FROM nova_cell1.instances WHERE uuid = '${uuid}';`,
      'INSERT',
    );
    refused(
      `INSERT INTO nova_cell1.shadow_instances (id) SELECT id FROM nova_cell1.instances WHERE uuid = '${uuid}' UNION SELECT 1;`,
      'UNION',
    );
    refused(
      `INSERT IGNORE INTO nova_cell1.shadow_tags (tag) SELECT tag FROM nova_cell1.tags WHERE resource_id = '${uuid}';`,
      'INSERT',
    );
    refused(
      `INSERT INTO nova_cell1.shadow_instances (id) SELECT id FROM nova_cell1.instances WHERE uuid = '${uuid}' ON DUPLICATE KEY UPDATE id = 1;`,
      'DUPLICATE',
    );
  });

  it('through another table, unless a guard proves that the ids are its own', () => {
    assert.equal(errorsOf(edited(events, events.replace('101, 102', '101, 102, 103'))).length, 1);
    assert.equal(errorsOf(text.replaceAll('IN (101, 102)', 'IN (101, 102, 103)')).length, 1);
    for (const loose of ['OR id IN (101, 102)', 'AND id IN (101, 102) AND 1 OR 1']) {
      assert.equal(errorsOf(edited('AND id IN (101, 102)', loose)).length, 1, loose);
    }
  });

  it('without a guard on the reviewed state before it', () => {
    assert.equal(errorsOf(edited(firstGuard, '')).length, 1);
    assert.equal(errorsOf(edited(firstGuard, firstGuard.replaceAll(uuid, 'x'))).length, 1);
    assert.equal(errorsOf(edited(firstGuard, firstGuard.replace('id = 29', 'id = 29 OR 1'))).length, 1);
    assert.equal(errorsOf(edited(firstGuard, firstGuard.replace('~0 + 1', '1'))).length, 1);
    assert.equal(errorsOf(edited(firstGuard, firstGuard.replace('\n  FOR UPDATE', ''))).length, 1);
  });

  it('of an instance whose verdict allows none', () => {
    assert.equal(errorsOf(edited('verdict="confirmed"', 'verdict="unknown"')).length, 2);
    assert.equal(errorsOf(edited('verdict="confirmed"', 'verdict="legitimate"')).length, 2);
  });
});
