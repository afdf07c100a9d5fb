import { plantInstance } from './instance';
import type { Plot } from './plot';
import { days } from './world';

/** Nova says active, the hypervisor has no such domain. */
export function plantDomainGone(plot: Plot): void {
  const common = {
    kind: 'domain-gone',
    cell: 'cell1',
    vmState: 'active',
    created: days(200),
    updated: days(1),
    domain: false,
  } as const;
  plantInstance(plot, {
    ...common,
    name: 'vanished-1',
    host: 'compute-05',
    expect: 'suspected',
    mustSurvive: true,
    how: 'compute-05 was restarted by force and its libvirt came back empty; disk and directory are intact, nobody wants it gone.',
    directories: [{ host: 'compute-05', written: days(1) }],
  });
  plantInstance(plot, {
    ...common,
    name: 'vanished-2',
    host: 'compute-05',
    expect: 'suspected',
    mustSurvive: false,
    how: 'Lost with the same restart; the tenant then asked for its delete, which ended in an error.',
    actions: [{ action: 'delete', ago: days(1), result: 'Error' }],
    directories: [{ host: 'compute-05', written: days(1) }],
  });
  plantInstance(plot, {
    ...common,
    name: 'undefined-by-admin',
    host: 'compute-02',
    expect: 'suspected',
    mustSurvive: true,
    how: "An admin undefined its domain to move the disk and never came back; the disk is a customer's.",
    directories: [{ host: 'compute-02', written: days(30) }],
  });
}
