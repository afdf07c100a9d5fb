import type { Session } from '../session';

interface Named {
  readonly id: string;
}

/** What an instance is made of. */
export interface Resources {
  readonly flavor: string;
  readonly image: string;
  readonly network: string;
}

/** A small flavor, an image without contents worth reading, and a network for all projects. */
export async function seedResources(session: Session): Promise<Resources> {
  const [flavor, image, network] = await Promise.all([
    seedFlavor(session),
    seedImage(session),
    seedNetwork(session),
  ]);
  return { flavor, image, network };
}

async function seedFlavor(session: Session): Promise<string> {
  const body = { flavor: { name: 'small', vcpus: 1, ram: 64, disk: 1 } };
  return (await session.must<{ flavor: Named }>('compute', 'POST', '/flavors', body)).flavor.id;
}

async function seedImage(session: Session): Promise<string> {
  const { id } = await session.must<Named>('image', 'POST', '/v2/images', {
    name: 'empty',
    disk_format: 'raw',
    container_format: 'bare',
    visibility: 'public',
  });
  await session.must('image', 'PUT', `/v2/images/${id}/file`, new Uint8Array(1024));
  return id;
}

async function seedNetwork(session: Session): Promise<string> {
  const { network } = await session.must<{ network: Named }>('network', 'POST', '/v2.0/networks', {
    network: { name: 'shared', shared: true },
  });
  await session.must('network', 'POST', '/v2.0/subnets', {
    subnet: {
      name: 'shared',
      network_id: network.id,
      ip_version: 4,
      cidr: '10.99.0.0/16',
      enable_dhcp: false,
    },
  });
  return network.id;
}
