import type { Planted } from '../../planted';
import { plantInstance } from '../instance';
import type { Plot } from '../plot';
import type { PortPlan } from '../servicePlans';
import { days, minutes, projects, uuidOf } from '../world';

/** Ports and floating IPs of Neutron that nothing uses, and those that only look so. */
export function plantPorts(plot: Plot): void {
  const ofNothing = { owner: 'compute:nova', host: 'compute-01', age: days(80) };
  plantPort(plot, 'port-of-nothing', ofNothing, {
    kind: 'orphan-port',
    expect: 'suspected',
    mustSurvive: false,
    how: 'Neutron was down during the delete; the rows of the instance are purged since.',
  });
  plantPort(
    plot,
    'port-just-made',
    { ...ofNothing, age: minutes(2) },
    {
      expect: 'none',
      mustSurvive: true,
      twinOf: 'port-of-nothing',
      how: 'Nova has just made it for a build whose row this look has not seen yet.',
    },
  );
  plantPort(
    plot,
    'port-of-another-region',
    { ...ofNothing, host: 'west-compute-01' },
    {
      expect: 'unknown',
      mustSurvive: true,
      twinOf: 'port-of-nothing',
      how: 'Its instance is of another region, whose Nova shares this Neutron.',
    },
  );
  for (const [name, owner] of [
    ['virtual-ip', ''],
    ['load-balancer', 'Octavia'],
    ['dhcp', 'network:dhcp'],
    ['trunk-subport', 'trunk:subport'],
  ] as const) {
    plantPort(
      plot,
      name,
      { owner, host: 'compute-01', age: days(80) },
      {
        expect: 'none',
        mustSurvive: true,
        twinOf: 'port-of-nothing',
        how: `No port of an instance: its device_owner is '${owner}'.`,
      },
    );
  }
}

type Judged = Pick<Planted, 'expect' | 'kind' | 'mustSurvive' | 'how' | 'twinOf'>;

function plantPort(
  plot: Plot,
  name: string,
  { owner, host, age }: { owner: string; host: string; age: number },
  judged: Judged,
): void {
  const device = uuidOf(`device ${name}`);
  plot.services.ports.push({ ...portNamed(plot, name, age), device, owner, host });
  plot.planted.push({ uuid: device, name, ...judged });
}

function portNamed(plot: Plot, name: string, age: number): Omit<PortPlan, 'device' | 'owner' | 'host'> {
  const number = plot.nextAddress();
  return {
    id: uuidOf(`port ${name}`),
    name,
    project: projects[0]?.id ?? '',
    mac: `fa:16:3e:ff:00:${number.toString(16).padStart(2, '0').slice(-2)}`,
    address: `172.20.80.${number % 250}`,
    created: plot.date(age),
  };
}

export function plantFloatingIps(plot: Plot): void {
  const plant = (name: string, address: string, age: number, judged: Judged, port?: string): void => {
    const id = uuidOf(`floating ip ${name}`);
    plot.services.floatingIps.push({
      id,
      address,
      project: projects[0]?.id ?? '',
      created: plot.date(age),
      ...(port === undefined ? {} : { port, fixedAddress: '172.20.69.10' }),
    });
    plot.planted.push({ uuid: id, name, ...judged });
  };
  plant('address-of-nothing', '192.0.2.10', days(200), {
    kind: 'idle-floating-ip',
    expect: 'suspected',
    mustSurvive: true,
    how: 'Its instance was deleted half a year ago; the address is paid for, and bound to no port.',
  });
  plant('address-just-taken', '192.0.2.11', minutes(5), {
    expect: 'none',
    mustSurvive: true,
    twinOf: 'address-of-nothing',
    how: 'Was taken five minutes ago, for what is being built.',
  });
  const { vifs } = plantInstance(plot, {
    name: 'has-an-address',
    expect: 'none',
    cell: 'cell1',
    host: 'compute-01',
    vmState: 'active',
    created: days(200),
    how: 'Is reached under a floating IP.',
  });
  plant(
    'address-in-use',
    '192.0.2.12',
    days(200),
    {
      expect: 'none',
      mustSurvive: true,
      twinOf: 'address-of-nothing',
      how: 'Is bound to the port of an instance that is alive.',
    },
    vifs[0]?.id,
  );
}
