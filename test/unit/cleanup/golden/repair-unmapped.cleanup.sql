-- OpenStack Zombies cleanup plan. Nothing has been changed yet. Read it, edit it, then run it.
-- @plan version=1 cloud="prod-eu" cells=["9f0c8a34-29e2-4b1e-8f5d-6a1de5ba6d4f","77ab3a0e-6d4e-4a0b-9d93-0e4b3a3f1a52"] id="3c0b7d6e-5a51-4d5c-8a34-8d8cf7f7f0f1" drafted="2026-11-23T10:31:07Z" scanned="2026-11-23T10:30:51Z" purpose="cleanup"
-- changes    instances: 1
--            rows in nova_api: 1
-- The next line stops a plain client here: it would skip the steps on the hosts.
SELECT IF(@openstack_zombies_run = '3c0b7d6e-5a51-4d5c-8a34-8d8cf7f7f0f1', 'ok', ~0 + 1);

-- @instance uuid="0a2d1bf7-982c-4034-9713-566d58ced0c4" name="web-01" kind="stuck-deleting" verdict="confirmed" depth="repair"
-- why        a delete was asked for 14 days ago, and the row still says deleting
-- evidence   task_state is deleting since 2026-11-09 (cell:9f0c8a34-29e2-4b1e-8f5d-6a1de5ba6d4f, 2026-11-23T10:30:51Z)
--            libvirt has no such domain (host:compute-02, 2026-11-23T10:30:52Z)
-- cleared    no migration is in progress
--            every cell answered
-- first try  restart nova-compute on compute-02, which finishes the delete
--            delete it again: openstack server delete 0a2d1bf7-982c-4034-9713-566d58ced0c4
-- @unit cell="9f0c8a34-29e2-4b1e-8f5d-6a1de5ba6d4f" schema="nova_cell1"
-- nothing is changed here: the mapping is only changed when this holds
START TRANSACTION;
-- instances is as it was reviewed
SELECT IF(COUNT(*) = 1, 'ok', ~0 + 1) FROM nova_cell1.instances
  WHERE uuid = '0a2d1bf7-982c-4034-9713-566d58ced0c4'
    AND id = 29
    AND deleted = 0
    AND host <=> 'compute-02'
    AND node <=> 'compute-02.example.org'
    AND vm_state <=> 'active'
    AND task_state <=> 'deleting'
    AND updated_at <=> '2026-11-09 10:31:07'
  FOR UPDATE;
COMMIT;
-- @unit database="api" schema="nova_api"
START TRANSACTION;
-- instance_mappings is as it was reviewed
SELECT IF(COUNT(*) = 1, 'ok', ~0 + 1) FROM nova_api.instance_mappings
  WHERE instance_uuid = '0a2d1bf7-982c-4034-9713-566d58ced0c4'
    AND id = 7
    AND cell_id <=> NULL
    AND IFNULL(queued_for_delete, 0) = 0
  FOR UPDATE;
-- no build request of it waits for nova-conductor
SELECT IF(COUNT(*) = 0, 'ok', ~0 + 1) FROM nova_api.build_requests
  WHERE instance_uuid = '0a2d1bf7-982c-4034-9713-566d58ced0c4'
  FOR UPDATE;
-- the mapping leads to the cell that has the row
-- @expect rows=1
UPDATE nova_api.instance_mappings SET cell_id = (SELECT id FROM nova_api.cell_mappings WHERE uuid = '9f0c8a34-29e2-4b1e-8f5d-6a1de5ba6d4f'), updated_at = UTC_TIMESTAMP()
  WHERE instance_uuid = '0a2d1bf7-982c-4034-9713-566d58ced0c4' AND cell_id IS NULL;
COMMIT;
