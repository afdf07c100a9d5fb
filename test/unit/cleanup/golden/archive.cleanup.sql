-- OpenStack Zombies cleanup plan. Nothing has been changed yet. Read it, edit it, then run it.
-- @plan version=1 cloud="prod-eu" cells=["9f0c8a34-29e2-4b1e-8f5d-6a1de5ba6d4f","77ab3a0e-6d4e-4a0b-9d93-0e4b3a3f1a52"] id="3c0b7d6e-5a51-4d5c-8a34-8d8cf7f7f0f1" drafted="2026-11-23T10:31:07Z" scanned="2026-11-23T10:30:51Z" purpose="cleanup"
-- changes    instances: 1
--            rows in nova_cell1: 16
--            rows in nova_api: 4
-- The next line stops a plain client here: it would skip the steps on the hosts.
SELECT IF(@openstack_zombies_run = '3c0b7d6e-5a51-4d5c-8a34-8d8cf7f7f0f1', 'ok', ~0 + 1);

-- @instance uuid="0a2d1bf7-982c-4034-9713-566d58ced0c4" name="web-01" kind="stuck-deleting" verdict="confirmed" depth="archive"
-- why        a delete was asked for 14 days ago, and the row still says deleting
-- evidence   task_state is deleting since 2026-11-09 (cell:9f0c8a34-29e2-4b1e-8f5d-6a1de5ba6d4f, 2026-11-23T10:30:51Z)
--            libvirt has no such domain (host:compute-02, 2026-11-23T10:30:52Z)
-- cleared    no migration is in progress
--            every cell answered
-- first try  restart nova-compute on compute-02, which finishes the delete
--            delete it again: openstack server delete 0a2d1bf7-982c-4034-9713-566d58ced0c4
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
-- events of actions, to shadow_instance_actions_events
-- @expect rows=3
INSERT INTO nova_cell1.shadow_instance_actions_events (created_at, updated_at, deleted_at, id, event, action_id, start_time, finish_time, result, traceback, deleted, host, details)
  SELECT created_at, updated_at, deleted_at, id, event, action_id, start_time, finish_time, result, traceback, deleted, host, details
  FROM nova_cell1.instance_actions_events WHERE action_id IN (101, 102);
-- events of actions
-- @expect rows=3
DELETE FROM nova_cell1.instance_actions_events WHERE action_id IN (101, 102);
-- actions, to shadow_instance_actions
-- @expect rows=2
INSERT INTO nova_cell1.shadow_instance_actions (created_at, updated_at, deleted_at, id, action, instance_uuid, request_id, user_id, project_id, start_time, finish_time, message, deleted)
  SELECT created_at, updated_at, deleted_at, id, action, instance_uuid, request_id, user_id, project_id, start_time, finish_time, message, deleted
  FROM nova_cell1.instance_actions WHERE instance_uuid = '0a2d1bf7-982c-4034-9713-566d58ced0c4';
-- actions
-- @expect rows=2
DELETE FROM nova_cell1.instance_actions WHERE instance_uuid = '0a2d1bf7-982c-4034-9713-566d58ced0c4';
-- cached network info, to shadow_instance_info_caches
-- @expect rows=1
INSERT INTO nova_cell1.shadow_instance_info_caches (created_at, updated_at, deleted_at, id, network_info, instance_uuid, deleted)
  SELECT created_at, updated_at, IFNULL(deleted_at, UTC_TIMESTAMP()), id, network_info, instance_uuid, IF(deleted = 0, id, deleted)
  FROM nova_cell1.instance_info_caches WHERE instance_uuid = '0a2d1bf7-982c-4034-9713-566d58ced0c4';
-- cached network info
-- @expect rows=1
DELETE FROM nova_cell1.instance_info_caches WHERE instance_uuid = '0a2d1bf7-982c-4034-9713-566d58ced0c4';
-- system metadata, to shadow_instance_system_metadata
-- @expect rows=5
INSERT INTO nova_cell1.shadow_instance_system_metadata (created_at, updated_at, deleted_at, id, instance_uuid, `key`, value, deleted)
  SELECT created_at, updated_at, IFNULL(deleted_at, UTC_TIMESTAMP()), id, instance_uuid, `key`, value, IF(deleted = 0, id, deleted)
  FROM nova_cell1.instance_system_metadata WHERE instance_uuid = '0a2d1bf7-982c-4034-9713-566d58ced0c4';
-- system metadata
-- @expect rows=5
DELETE FROM nova_cell1.instance_system_metadata WHERE instance_uuid = '0a2d1bf7-982c-4034-9713-566d58ced0c4';
-- virtual interfaces, to shadow_virtual_interfaces
-- @expect rows=2
INSERT INTO nova_cell1.shadow_virtual_interfaces (created_at, updated_at, deleted_at, id, address, network_id, uuid, instance_uuid, deleted, tag)
  SELECT created_at, updated_at, deleted_at, id, address, network_id, uuid, instance_uuid, deleted, tag
  FROM nova_cell1.virtual_interfaces WHERE instance_uuid = '0a2d1bf7-982c-4034-9713-566d58ced0c4';
-- virtual interfaces
-- @expect rows=2
DELETE FROM nova_cell1.virtual_interfaces WHERE instance_uuid = '0a2d1bf7-982c-4034-9713-566d58ced0c4';
-- the instance, to shadow_instances
-- @expect rows=1
INSERT INTO nova_cell1.shadow_instances (created_at, updated_at, deleted_at, id, internal_id, user_id, project_id, image_ref, kernel_id, ramdisk_id, launch_index, key_name, key_data, power_state, vm_state, memory_mb, vcpus, hostname, host, user_data, reservation_id, launched_at, terminated_at, display_name, display_description, availability_zone, locked, os_type, launched_on, instance_type_id, vm_mode, uuid, architecture, root_device_name, access_ip_v4, access_ip_v6, config_drive, task_state, default_ephemeral_device, default_swap_device, progress, auto_disk_config, shutdown_terminate, disable_terminate, root_gb, ephemeral_gb, cell_name, node, deleted, locked_by, cleaned, ephemeral_key_uuid, hidden)
  SELECT created_at, updated_at, UTC_TIMESTAMP(), id, internal_id, user_id, project_id, image_ref, kernel_id, ramdisk_id, launch_index, key_name, key_data, power_state, 'deleted', memory_mb, vcpus, hostname, host, user_data, reservation_id, launched_at, UTC_TIMESTAMP(), display_name, display_description, availability_zone, locked, os_type, launched_on, instance_type_id, vm_mode, uuid, architecture, root_device_name, access_ip_v4, access_ip_v6, config_drive, NULL, default_ephemeral_device, default_swap_device, progress, auto_disk_config, shutdown_terminate, disable_terminate, root_gb, ephemeral_gb, cell_name, node, id, locked_by, cleaned, ephemeral_key_uuid, hidden
  FROM nova_cell1.instances WHERE uuid = '0a2d1bf7-982c-4034-9713-566d58ced0c4';
-- the instance
-- @expect rows=1
DELETE FROM nova_cell1.instances WHERE uuid = '0a2d1bf7-982c-4034-9713-566d58ced0c4';
COMMIT;
-- @unit database="api" schema="nova_api"
START TRANSACTION;
-- instance_mappings is as it was reviewed
SELECT IF(COUNT(*) = 1, 'ok', ~0 + 1) FROM nova_api.instance_mappings
  WHERE instance_uuid = '0a2d1bf7-982c-4034-9713-566d58ced0c4'
    AND id = 7
    AND cell_id <=> 2
    AND IFNULL(queued_for_delete, 0) = 0
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
-- mapping to the cell
-- @expect rows=1
DELETE FROM nova_api.instance_mappings WHERE instance_uuid = '0a2d1bf7-982c-4034-9713-566d58ced0c4';
COMMIT;
