-- The part of Nova's database of 2011 (Diablo) that the deletion of an instance meets. Everything refers to
-- instances.id, not to the UUID, and through two steps: floating_ips > fixed_ips > virtual_interfaces > instances.
CREATE TABLE instances (
  created_at datetime, updated_at datetime, deleted_at datetime, deleted tinyint(1),
  id int(11) NOT NULL AUTO_INCREMENT, user_id varchar(255), project_id varchar(255), image_ref varchar(255),
  vm_state varchar(255), task_state varchar(255), power_state int(11), hostname varchar(255), host varchar(255),
  display_name varchar(255), uuid varchar(36), PRIMARY KEY (id)
) ENGINE=InnoDB;
CREATE TABLE networks (
  created_at datetime, updated_at datetime, deleted_at datetime, deleted tinyint(1),
  id int(11) NOT NULL AUTO_INCREMENT, label varchar(255), cidr varchar(255), PRIMARY KEY (id)
) ENGINE=InnoDB;
CREATE TABLE virtual_interfaces (
  created_at datetime, updated_at datetime, deleted_at datetime, deleted tinyint(1),
  id int(11) NOT NULL AUTO_INCREMENT, address varchar(255), network_id int(11), instance_id int(11), uuid varchar(36),
  PRIMARY KEY (id), UNIQUE KEY address (address),
  CONSTRAINT virtual_interfaces_ibfk_1 FOREIGN KEY (instance_id) REFERENCES instances (id),
  CONSTRAINT virtual_interfaces_ibfk_2 FOREIGN KEY (network_id) REFERENCES networks (id)
) ENGINE=InnoDB;
CREATE TABLE fixed_ips (
  created_at datetime, updated_at datetime, deleted_at datetime, deleted tinyint(1),
  id int(11) NOT NULL AUTO_INCREMENT, address varchar(255), network_id int(11), virtual_interface_id int(11),
  instance_id int(11), allocated tinyint(1), leased tinyint(1), PRIMARY KEY (id),
  CONSTRAINT fixed_ips_ibfk_1 FOREIGN KEY (network_id) REFERENCES networks (id),
  CONSTRAINT fixed_ips_ibfk_2 FOREIGN KEY (instance_id) REFERENCES instances (id),
  CONSTRAINT fixed_ips_ibfk_3 FOREIGN KEY (virtual_interface_id) REFERENCES virtual_interfaces (id)
) ENGINE=InnoDB;
CREATE TABLE floating_ips (
  created_at datetime, updated_at datetime, deleted_at datetime, deleted tinyint(1),
  id int(11) NOT NULL AUTO_INCREMENT, address varchar(255), fixed_ip_id int(11), project_id varchar(255), PRIMARY KEY (id),
  CONSTRAINT floating_ips_ibfk_1 FOREIGN KEY (fixed_ip_id) REFERENCES fixed_ips (id)
) ENGINE=InnoDB;
CREATE TABLE security_groups (
  created_at datetime, updated_at datetime, deleted_at datetime, deleted tinyint(1),
  id int(11) NOT NULL AUTO_INCREMENT, name varchar(255), project_id varchar(255), PRIMARY KEY (id)
) ENGINE=InnoDB;
CREATE TABLE security_group_instance_association (
  created_at datetime, updated_at datetime, deleted_at datetime, deleted tinyint(1),
  id int(11) NOT NULL AUTO_INCREMENT, security_group_id int(11), instance_id int(11), PRIMARY KEY (id),
  CONSTRAINT security_group_instance_association_ibfk_1 FOREIGN KEY (instance_id) REFERENCES instances (id),
  CONSTRAINT security_group_instance_association_ibfk_2 FOREIGN KEY (security_group_id) REFERENCES security_groups (id)
) ENGINE=InnoDB;
CREATE TABLE instance_metadata (
  created_at datetime, updated_at datetime, deleted_at datetime, deleted tinyint(1),
  id int(11) NOT NULL AUTO_INCREMENT, `key` varchar(255), value varchar(255), instance_id int(11) NOT NULL, PRIMARY KEY (id),
  CONSTRAINT instance_metadata_ibfk_1 FOREIGN KEY (instance_id) REFERENCES instances (id)
) ENGINE=InnoDB;
CREATE TABLE instance_actions (
  created_at datetime, updated_at datetime, deleted_at datetime, deleted tinyint(1),
  id int(11) NOT NULL AUTO_INCREMENT, instance_id int(11), action varchar(255), error text, PRIMARY KEY (id),
  CONSTRAINT instance_actions_ibfk_1 FOREIGN KEY (instance_id) REFERENCES instances (id)
) ENGINE=InnoDB;
CREATE TABLE volumes (
  created_at datetime, updated_at datetime, deleted_at datetime, deleted tinyint(1),
  id int(11) NOT NULL AUTO_INCREMENT, size int(11), instance_id int(11), mountpoint varchar(255), status varchar(255),
  PRIMARY KEY (id), CONSTRAINT volumes_ibfk_1 FOREIGN KEY (instance_id) REFERENCES instances (id)
) ENGINE=InnoDB;

INSERT INTO instances (id, deleted, hostname, host, display_name, vm_state, uuid) VALUES
  (28, 0, 'alive', 'node00', 'alive', 'active', '2b3f5c1e-0000-4000-8000-000000000028'),
  (29, 0, 'zombie-1', 'node00', 'zombie-1', 'active', '2b3f5c1e-0000-4000-8000-000000000029'),
  (30, 0, 'zombie-2', 'node00', 'zombie-2', 'active', '2b3f5c1e-0000-4000-8000-000000000030');
INSERT INTO networks (id, label, cidr) VALUES (1, 'private', '172.16.39.0/24');
INSERT INTO virtual_interfaces (id, address, network_id, instance_id) VALUES
  (1, '02:16:3e:00:00:28', 1, 28), (2, '02:16:3e:00:00:29', 1, 29), (3, '02:16:3e:00:00:30', 1, 30);
INSERT INTO fixed_ips (id, address, network_id, virtual_interface_id, instance_id) VALUES
  (1, '172.16.39.120', 1, 1, 28), (2, '172.16.39.121', 1, 2, 29), (3, '172.16.39.122', 1, 3, 30);
INSERT INTO floating_ips (id, address, fixed_ip_id) VALUES (1, '10.0.0.5', 2);
INSERT INTO security_groups (id, name) VALUES (1, 'default');
INSERT INTO security_group_instance_association (security_group_id, instance_id) VALUES (1, 28), (1, 29), (1, 30);
INSERT INTO instance_metadata (`key`, value, instance_id) VALUES ('role', 'web', 29);
INSERT INTO instance_actions (instance_id, action) VALUES (29, 'terminate');
