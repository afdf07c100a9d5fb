import { openOpenStack } from '../../src/cloud/openstack/openStackAccess';
import type { OpenStackApi } from '../../src/cloud/openstack/openStackApi';
import type { Login, OpenStackCloud } from '../../src/cloud/openstack/openStackCloud';
import { waitFor } from '../cloud/ports';
import type { Credentials, OpenStack } from './openstack';

/** The product's settings for the cloud. */
export function settingsOf(
  { authUrl, region }: OpenStack,
  { user, password, project, userDomain, projectDomain }: Credentials,
): OpenStackCloud {
  return {
    name: 'zed',
    authUrl,
    login: { by: 'password', user: { name: user, domain: { name: userDomain } }, secret: password },
    scope: { to: 'project', project: { name: project, domain: { name: projectDomain } } },
    region,
    interface: 'public',
    services: {},
    tls: { verify: true },
    forceIpv4: false,
  };
}

/** The same with another login, and without the scope. */
export function loggingIn(settings: OpenStackCloud, login: Login): OpenStackCloud {
  const other = { ...settings, login };
  delete other.scope;
  return other;
}

/** The product's way to the APIs, with its log. */
export function openApi(settings: OpenStackCloud, log: string[]): Promise<OpenStackApi> {
  const write = (line: string): void => void log.push(line);
  return openOpenStack(settings, {
    logger: { debug: write, info: write, warn: write, error: write },
    clock: { now: () => new Date() },
  });
}

/** A volume of 1 GiB that is ready for use. */
export async function newVolume({ session }: OpenStack, api: OpenStackApi, name: string): Promise<string> {
  const { volume } = await session.must<{ volume: { id: string } }>('volumev3', 'POST', '/volumes', {
    volume: { name, size: 1 },
  });
  await waitFor(`volume ${name}`, 60, async () => {
    return (await api.blockStorage.volume(volume.id))?.status === 'available';
  });
  return volume.id;
}
