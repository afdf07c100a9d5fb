import { plantService, serviceUuid } from '../computes';
import { plantInstance } from '../instance';
import type { Plot } from '../plot';
import { days } from '../world';

/** Rows that no foreign key ties to anything. */
export function plantUntiedRows(plot: Plot): void {
  plantInstance(plot, {
    name: 'tags-of-nothing',
    kind: 'untied-rows',
    expect: 'suspected',
    cell: 'cell1',
    host: null,
    vmState: 'deleted',
    created: days(600),
    parentless: true,
    only: ['tags', 'instance_id_mappings'],
    mapping: 'none',
    requestSpec: false,
    ports: 0,
    how: 'A script deleted what foreign keys name; tags and instance_id_mappings have none.',
  });
  const uuid = plantService(plot, 'nova_cell2', {
    host: 'compute-05',
    binary: 'nova-compute',
    seen: days(200),
  });
  plot.planted.push({
    uuid,
    name: 'compute-05 in cell2',
    kind: 'stray-compute-record',
    expect: 'suspected',
    mustSurvive: true,
    cell: 'cell2',
    how: 'compute-05 was moved to cell1 by editing its nova.conf; its service record in cell2 stayed, without a compute node.',
  });
  plot.planted.push({
    uuid: serviceUuid('nova_cell1', 'compute-05', 'nova-compute'),
    name: 'compute-05 in cell1',
    kind: 'stray-compute-record',
    twinOf: 'compute-05 in cell2',
    expect: 'legitimate',
    mustSurvive: true,
    cell: 'cell1',
    how: 'The service record of compute-05 that reports.',
  });
}
