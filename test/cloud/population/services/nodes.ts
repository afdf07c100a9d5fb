import type { Plot } from '../plot';
import { days, ironic, minutes, uuidOf } from '../world';

/** The machines of Ironic: two have their instance, the others have none, or none any more. */
export function plantNodes(plot: Plot): void {
  const add = (
    uuid: string,
    name: string,
    instance: string,
    provisionState: string,
    updated: number,
  ): void => {
    plot.services.nodes.push({ uuid, name, instance, provisionState, updated: plot.date(updated) });
  };
  const [second = '', third = '', fourth = '', fifth = ''] = ironic.others;
  add(ironic.node, 'rack-1', uuidOf('instance metal-1'), 'active', days(60));
  add(second, 'rack-2', uuidOf('instance metal-2'), 'active', days(60));
  const gone = uuidOf('instance of rack-3');
  add(third, 'rack-3', gone, 'active', days(60));
  plot.planted.push({
    uuid: gone,
    name: 'rack-3',
    kind: 'held-bare-metal-node',
    expect: 'suspected',
    mustSurvive: true,
    how: 'nova-compute was killed between the delete of the instance and that of its deployment: the machine runs for nobody.',
  });
  const cleaned = uuidOf('instance of rack-4');
  add(fourth, 'rack-4', cleaned, 'clean wait', minutes(20));
  plot.planted.push({
    uuid: cleaned,
    name: 'rack-4',
    kind: 'held-bare-metal-node',
    twinOf: 'rack-3',
    expect: 'unknown',
    mustSurvive: true,
    how: 'Its instance was deleted; Ironic wipes the disks and forgets it then.',
  });
  const allocation = uuidOf('allocation of rack-5');
  plot.services.nodes.push({
    uuid: fifth,
    name: 'rack-5',
    instance: allocation,
    allocation,
    provisionState: 'active',
    updated: plot.date(days(60)),
  });
  plot.planted.push({
    uuid: allocation,
    name: 'rack-5',
    twinOf: 'rack-3',
    expect: 'none',
    mustSurvive: true,
    how: 'Was allocated in Ironic itself, for somebody who uses no Nova.',
  });
}
