import { openOpenStack } from '../../../../src/cloud/openstack/openStackAccess';
import type { OpenStackApi } from '../../../../src/cloud/openstack/openStackApi';
import type { OpenStackCloud } from '../../../../src/cloud/openstack/openStackCloud';
import type { TransportLimits } from '../../../../src/cloud/openstack/transport';
import type { Logger } from '../../../../src/model/ports';
import { ScriptedServer } from './scriptedServer';

export const password = 'pass-of-the-admin';

export interface Scripted {
  readonly server: ScriptedServer;
  readonly api: OpenStackApi;
  readonly log: string[];
  /** moves the clock of the product */
  readonly later: (ms: number) => void;
  readonly stop: () => Promise<void>;
}

export function cloudAt(base: string, own: Partial<OpenStackCloud> = {}, scoped = true): OpenStackCloud {
  return {
    name: 'prod-eu',
    authUrl: base,
    login: { by: 'password', user: { name: 'admin', domain: { name: 'Default' } }, secret: password },
    ...(scoped ? { scope: { to: 'project', project: { name: 'admin', domain: { id: 'default' } } } } : {}),
    interface: 'public',
    services: {},
    tls: { verify: true },
    forceIpv4: false,
    ...own,
  };
}

export interface ScriptedOptions {
  readonly server?: ScriptedServer;
  readonly cloud?: Partial<OpenStackCloud>;
  readonly limits?: Partial<TransportLimits>;
  /** false: no scope is given */
  readonly scoped?: boolean;
}

/** A server whose behaviour the test scripts, and the product logged in there. */
export async function openScripted(options: ScriptedOptions = {}): Promise<Scripted> {
  const server = options.server ?? (await new ScriptedServer().start());
  const log: string[] = [];
  let ahead = 0;
  try {
    const api = await openOpenStack(cloudAt(server.base, options.cloud, options.scoped), {
      logger: loggerTo(log),
      clock: { now: () => new Date(Date.now() + ahead) },
      limits: { connectMs: 700, answerMs: 700, ...options.limits },
    });
    return {
      server,
      api,
      log,
      later: (ms) => (ahead += ms),
      stop: async () => {
        api.close();
        await server.stop();
      },
    };
  } catch (error) {
    if (options.server === undefined) await server.stop();
    throw error;
  }
}

export function loggerTo(log: string[]): Logger {
  const write = (line: string): void => void log.push(line);
  return { debug: write, info: write, warn: write, error: write };
}
