import assert from 'node:assert/strict';
import { blockers, deletionOrder } from '../../../src/cleanup/deletionOrder';
import { OperatorError } from '../../../src/model/errors';
import type { Schema } from '../../../src/model/schema';
import type { Release } from '../../cloud/schema/facts';
import { madeSchema, schemaOf } from './schemas';

/** What InnoDB demands: a row goes before the row that it refers to. */
function childrenGoFirst(schema: Schema, order: readonly string[]): boolean {
  return order.every((table, at) =>
    (schema.tables.get(table)?.foreignKeys ?? []).every((key) => {
      const parent = order.indexOf(key.referencedTable);
      return parent < 0 || parent > at;
    }),
  );
}

describe('the order of deletion', () => {
  for (const [release, tables] of [
    ['victoria', 14],
    ['zed', 14],
    ['epoxy', 15],
  ] as const satisfies readonly (readonly [Release, number])[]) {
    it(`of an instance of ${release} has every table that refers to it, children first`, () => {
      const schema = schemaOf(release, 'nova', 'nova');
      const order = deletionOrder(schema, 'instances');
      assert.equal(order.length, tables);
      assert.equal(order.at(-1), 'instances');
      assert.ok(order.indexOf('instance_actions_events') < order.indexOf('instance_actions'));
      assert.ok(childrenGoFirst(schema, order));
    });
  }

  it('of 2011 puts virtual_interfaces, which refer to the id, before instances', () => {
    const schema = madeSchema('nova', {
      instances: { id: null, uuid: null },
      virtual_interfaces: { id: null, instance_id: 'instances' },
      fixed_ips: { id: null, instance_id: 'instances', virtual_interface_id: 'virtual_interfaces' },
      floating_ips: { id: null, fixed_ip_id: 'fixed_ips' },
      networks: { id: null },
    });
    assert.deepEqual(deletionOrder(schema, 'instances'), [
      'floating_ips',
      'fixed_ips',
      'virtual_interfaces',
      'instances',
    ]);
  });

  it('names the tables whose keys form a circle', () => {
    const schema = madeSchema('nova', {
      instances: { id: null, image_id: 'images' },
      images: { id: null, snapshot_id: 'snapshots' },
      snapshots: { id: null, instance_id: 'instances' },
    });
    assert.throws(
      () => deletionOrder(schema, 'instances'),
      (error: unknown) =>
        OperatorError.is(error, 'plan-refused') &&
        error.message.includes('instances, snapshots, images, instances'),
    );
  });
});

describe('tables that nobody declared', () => {
  for (const release of ['victoria', 'zed', 'epoxy'] as const) {
    it(`are none in ${release}`, () => assert.deepEqual(blockers(schemaOf(release, 'nova', 'nova')), []));
  }

  it('are named when they refer to instances, or to what is deleted with them', () => {
    const nova = madeSchema('nova', {
      instances: { id: null, uuid: null },
      instance_faults: { id: null, instance_uuid: 'instances' },
      billing: { id: null, instance_uuid: 'instances' },
      fault_notes: { id: null, fault_id: 'instance_faults' },
      fixed_ips: { id: null, instance_uuid: 'instances' },
      floating_ips: { id: null, fixed_ip_id: 'fixed_ips' },
    });
    assert.deepEqual(blockers(nova), ['billing', 'fault_notes']);
  });

  it('include a declared table that names the instance in another column than is known', () => {
    const nova = madeSchema('nova', {
      instances: { id: null },
      fixed_ips: { id: null, instance_id: 'instances' },
    });
    assert.deepEqual(blockers(nova), ['fixed_ips']);
  });
});
