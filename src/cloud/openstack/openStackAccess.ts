import type { Clock, Logger } from '../../model/ports';
import { ApiSession } from './apiSession';
import { Cinder } from './cinder';
import { Identity } from './identity';
import { Ironic } from './ironic';
import { Keystone } from './keystone';
import { Neutron } from './neutron';
import { Nova } from './nova';
import type { OpenStackApi } from './openStackApi';
import type { OpenStackCloud } from './openStackCloud';
import { Placement } from './placement';
import { readTls } from './tls';
import { defaultLimits, Transport, type TransportLimits } from './transport';

export interface OpenStackAccessOptions {
  readonly logger: Logger;
  readonly clock: Clock;
  readonly signal?: AbortSignal;
  /** for tests */
  readonly limits?: Partial<TransportLimits>;
}

/** Logs in, so that a wrong password is found out at once. The caller closes what this opens. */
export async function openOpenStack(
  cloud: OpenStackCloud,
  { logger, clock, signal, limits }: OpenStackAccessOptions,
): Promise<OpenStackApi> {
  const { answerMs } = cloud;
  const transport = new Transport({
    tls: await readTls(cloud.tls),
    forceIpv4: cloud.forceIpv4,
    limits: { ...defaultLimits, ...(answerMs === undefined ? {} : { answerMs }), ...limits },
  });
  const keystone = new Keystone(cloud, transport, logger, clock);
  const session = new ApiSession({ cloud, keystone, transport, logger, clock });
  try {
    await keystone.token(undefined, signal);
  } catch (error) {
    transport.close();
    throw error;
  }
  return {
    offers: (service) => session.offers(service),
    isShared: (service) => session.isShared(service),
    identity: new Identity(session),
    compute: new Nova(session),
    placement: new Placement(session),
    network: new Neutron(session),
    blockStorage: new Cinder(session),
    bareMetal: new Ironic(session),
    close: () => transport.close(),
  };
}
