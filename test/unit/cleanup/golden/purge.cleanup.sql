-- OpenStack Zombies cleanup plan. Nothing has been changed yet. Read it, edit it, then run it.
-- @plan version=1 cloud="prod-eu" cells=["9f0c8a34-29e2-4b1e-8f5d-6a1de5ba6d4f","77ab3a0e-6d4e-4a0b-9d93-0e4b3a3f1a52"] id="3c0b7d6e-5a51-4d5c-8a34-8d8cf7f7f0f1" drafted="2026-11-23T10:31:07Z" scanned="2026-11-23T10:30:51Z" purpose="cleanup"
-- changes    instances: 1
--            rows in nova_cell1: 15
--            rows in nova_api: 3
-- The next line stops a plain client here: it would skip the steps on the hosts.
SELECT IF(@openstack_zombies_run = '3c0b7d6e-5a51-4d5c-8a34-8d8cf7f7f0f1', 'ok', ~0 + 1);

-- @instance uuid="0a2d1bf7-982c-4034-9713-566d58ced0c4" name="web-01" kind="rows-without-parent" verdict="confirmed" depth="purge"
-- why        a delete was asked for 14 days ago, and the row still says deleting
-- evidence   task_state is deleting since 2026-11-09 (cell:9f0c8a34-29e2-4b1e-8f5d-6a1de5ba6d4f, 2026-11-23T10:30:51Z)
--            libvirt has no such domain (host:compute-02, 2026-11-23T10:30:52Z)
-- cleared    no migration is in progress
--            every cell answered
-- first try  restart nova-compute on compute-02, which finishes the delete
--            delete it again: openstack server delete 0a2d1bf7-982c-4034-9713-566d58ced0c4
-- @unit cell="9f0c8a34-29e2-4b1e-8f5d-6a1de5ba6d4f" schema="nova_cell1"
START TRANSACTION;
-- instances has no row of it, as reviewed
SELECT IF(COUNT(*) = 0, 'ok', ~0 + 1) FROM nova_cell1.instances
  WHERE uuid = '0a2d1bf7-982c-4034-9713-566d58ced0c4'
  FOR UPDATE;
-- instance_actions
SELECT IF(COUNT(*) = 2, 'ok', ~0 + 1) FROM nova_cell1.instance_actions
  WHERE instance_uuid = '0a2d1bf7-982c-4034-9713-566d58ced0c4'
    AND id IN (101, 102)
  FOR UPDATE;
-- tags
-- @expect rows=1
DELETE FROM nova_cell1.tags WHERE resource_id = '0a2d1bf7-982c-4034-9713-566d58ced0c4';
-- PCI devices, which are inventory of the host
-- @expect rows=1
UPDATE nova_cell1.pci_devices SET status = 'available', instance_uuid = NULL, request_id = NULL
  WHERE instance_uuid = '0a2d1bf7-982c-4034-9713-566d58ced0c4';
-- events of actions
-- @expect rows=3
DELETE FROM nova_cell1.instance_actions_events WHERE action_id IN (101, 102);
-- actions
-- @expect rows=2
DELETE FROM nova_cell1.instance_actions WHERE instance_uuid = '0a2d1bf7-982c-4034-9713-566d58ced0c4';
-- cached network info
-- @expect rows=1
DELETE FROM nova_cell1.instance_info_caches WHERE instance_uuid = '0a2d1bf7-982c-4034-9713-566d58ced0c4';
-- system metadata
-- @expect rows=5
DELETE FROM nova_cell1.instance_system_metadata WHERE instance_uuid = '0a2d1bf7-982c-4034-9713-566d58ced0c4';
-- virtual interfaces
-- @expect rows=2
DELETE FROM nova_cell1.virtual_interfaces WHERE instance_uuid = '0a2d1bf7-982c-4034-9713-566d58ced0c4';
COMMIT;
-- @unit database="api" schema="nova_api"
START TRANSACTION;
-- instance_mappings has no row of it, as reviewed
SELECT IF(COUNT(*) = 0, 'ok', ~0 + 1) FROM nova_api.instance_mappings
  WHERE instance_uuid = '0a2d1bf7-982c-4034-9713-566d58ced0c4'
  FOR UPDATE;
-- build request
-- @expect rows=1
DELETE FROM nova_api.build_requests WHERE instance_uuid = '0a2d1bf7-982c-4034-9713-566d58ced0c4';
-- request spec
-- @expect rows=1
DELETE FROM nova_api.request_specs WHERE instance_uuid = '0a2d1bf7-982c-4034-9713-566d58ced0c4';
-- server group membership
-- @expect rows=1
DELETE FROM nova_api.instance_group_member WHERE instance_uuid = '0a2d1bf7-982c-4034-9713-566d58ced0c4';
COMMIT;
