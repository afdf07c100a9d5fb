export const stuck = '0a2d1bf7-982c-4034-9713-566d58ced0c4';
export const orphan = 'ddeb6e86-713e-44b0-b27c-88ae1cdece3f';
const cell = '9f0c8a34-29e2-4b1e-8f5d-6a1de5ba6d4f';
const id = '3c0b7d6e-5a51-4d5c-8a34-8d8cf7f7f0f1';

/** A plan for the cloud `demo`: an instance with a manual step, a domain, a directory and rows; then rows alone. */
export const planText = `-- OpenStack Zombies cleanup plan.
-- @plan version=1 cloud="demo" cells=["${cell}"] id="${id}" drafted="2026-11-23T10:31:07Z" scanned="2026-11-23T10:30:51Z" purpose="cleanup"
SELECT IF(@openstack_zombies_run = '${id}', 'ok', ~0 + 1);

-- @instance uuid="${stuck}" name="web-01" kind="stuck-deleting" verdict="confirmed" depth="mark-deleted"
-- @manual command="openstack port delete 1" done="no"
-- @domain host="compute-02" uuid="${stuck}" state="running" then="undefine"
-- @directory host="compute-02" path="/var/lib/nova/instances/${stuck}" bytes=32641751449 then="quarantine"
-- @unit cell="${cell}" schema="nova_cell1"
START TRANSACTION;
SELECT IF(COUNT(*) = 1, 'ok', ~0 + 1) FROM nova_cell1.instances
  WHERE uuid = '${stuck}' AND id = 29 AND deleted = 0
  FOR UPDATE;
-- @expect rows=1
UPDATE nova_cell1.instance_info_caches SET deleted = id, deleted_at = UTC_TIMESTAMP()
  WHERE instance_uuid = '${stuck}' AND deleted = 0;
-- @expect rows=1
UPDATE nova_cell1.instances SET deleted = id, deleted_at = UTC_TIMESTAMP(), task_state = NULL, cleaned = 0
  WHERE uuid = '${stuck}' AND deleted = 0;
COMMIT;

-- @instance uuid="${orphan}" name="" kind="rows-without-parent" verdict="confirmed" depth="purge"
-- @unit cell="${cell}" schema="nova_cell1"
START TRANSACTION;
SELECT IF(COUNT(*) = 0, 'ok', ~0 + 1) FROM nova_cell1.instances
  WHERE uuid = '${orphan}'
  FOR UPDATE;
-- @expect rows=3
DELETE FROM nova_cell1.instance_metadata WHERE instance_uuid = '${orphan}';
COMMIT;
`;
