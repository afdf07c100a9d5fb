import assert from 'node:assert/strict';
import type { InstanceRow } from '../../../../src/model/facts';
import { projectGone } from '../../../../src/zombies/services/projectGone';
import { cell2, deletedRow, domain, dossier, migration, row, scene, uuid } from '../build';
import { expectMissing, expectNone, expectVerdict, found } from '../expectations';

const ownerless = dossier({ rows: [row()], domains: [domain()], projectGone: true });

function changed(facts: Partial<InstanceRow>): typeof ownerless {
  return { ...ownerless, rows: [row(facts)] };
}

describe('project gone', () => {
  it('is confirmed: the project is what wanted the instance', () => {
    const finding = expectVerdict('confirmed', projectGone, ownerless, scene());
    assert.equal(finding.remedy.wanted, true);
    assert.equal(finding.evidence[0]?.source, 'keystone');
  });

  it('is deleted by the API, and by nothing else', () => {
    const { remedy } = found(projectGone, ownerless, scene({ apis: true }));
    assert.deepEqual([remedy.depth, remedy.depths], ['api', ['api', 'none']]);
    assert.deepEqual(
      remedy.manual.map(({ api, depths }) => [api, depths]),
      [[{ do: 'delete-server', id: uuid }, ['api']]],
    );
    assert.deepEqual([remedy.domains, remedy.directories], [[], []]);
  });

  it('is a command by hand where the cloud has no APIs configured', () => {
    const { remedy } = found(projectGone, ownerless, scene());
    assert.deepEqual(remedy.depths, ['none']);
    assert.deepEqual(
      remedy.manual.map(({ command, api }) => [command, api]),
      [[`openstack server delete ${uuid}`, undefined]],
    );
  });

  it('is not found while Keystone has the project, or may only not show it', () => {
    expectNone(/or was not asked/, projectGone, { ...ownerless, projectGone: false }, scene());
    expectVerdict('unknown', projectGone, ownerless, scene({ unread: ['keystone'] }));
  });

  it('is not found of what is deleted, or being deleted', () => {
    expectNone(/no live row/, projectGone, { ...ownerless, rows: [deletedRow()] }, scene());
    expectNone(/being deleted/, projectGone, changed({ taskState: 'deleting' }), scene());
  });

  it('is suspected when it is locked', () => {
    expectMissing(/locked/, expectVerdict('suspected', projectGone, changed({ locked: true }), scene()));
  });

  it('is legitimate as a soft-deleted instance or a hidden copy', () => {
    expectVerdict('legitimate', projectGone, changed({ vmState: 'soft-delete' }), scene());
    expectVerdict('legitimate', projectGone, changed({ hidden: true }), scene());
  });

  it('is unknown with a task, two live rows, or a resize that waits', () => {
    expectVerdict('unknown', projectGone, changed({ taskState: 'rebuilding' }), scene());
    const rows = [row(), row({ cell: cell2, id: 9 })];
    expectVerdict('unknown', projectGone, { ...ownerless, rows }, scene());
    expectVerdict('unknown', projectGone, { ...ownerless, migrations: [migration('finished')] }, scene());
  });
});
