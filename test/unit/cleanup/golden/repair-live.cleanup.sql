-- OpenStack Zombies cleanup plan. Nothing has been changed yet. Read it, edit it, then run it.
-- @plan version=1 cloud="prod-eu" cells=["9f0c8a34-29e2-4b1e-8f5d-6a1de5ba6d4f","77ab3a0e-6d4e-4a0b-9d93-0e4b3a3f1a52"] id="3c0b7d6e-5a51-4d5c-8a34-8d8cf7f7f0f1" drafted="2026-11-23T10:31:07Z" scanned="2026-11-23T10:30:51Z" purpose="cleanup"
-- changes    instances: 1
--            rows in nova_cell1: 3
--            instances that wait for a word or a step by hand: 1
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
-- Two machines that write to one disk destroy it. If you are sure that it runs on the other host and nowhere else, write the word between the quotes after typed=.
-- @confirm type="0a2d1bf7" typed=""
-- @unit cell="9f0c8a34-29e2-4b1e-8f5d-6a1de5ba6d4f" schema="nova_cell1"
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
-- the migration 12 is given up; its row stays
-- @expect rows=1
UPDATE nova_cell1.migrations SET status = 'error', updated_at = UTC_TIMESTAMP()
  WHERE id = 12 AND instance_uuid = '0a2d1bf7-982c-4034-9713-566d58ced0c4' AND status <=> 'running';
-- the volume 5b1fd6a0-2f0b-4e8e-9a53-0d2c5f2f7c11 is forgotten
-- @expect rows=1
UPDATE nova_cell1.block_device_mapping SET deleted = id, deleted_at = UTC_TIMESTAMP()
  WHERE instance_uuid = '0a2d1bf7-982c-4034-9713-566d58ced0c4' AND volume_id = '5b1fd6a0-2f0b-4e8e-9a53-0d2c5f2f7c11' AND deleted = 0;
-- the row moves from compute-02 to compute-03, the disk does not
-- @expect rows=1
UPDATE nova_cell1.instances SET host = 'compute-03', node = 'compute-03.example.org'
  WHERE uuid = '0a2d1bf7-982c-4034-9713-566d58ced0c4' AND deleted = 0 AND host <=> 'compute-02';
COMMIT;
