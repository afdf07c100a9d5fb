import type { Logger } from '../../model/ports';
import type { SshConfiguration } from '../configuration';
import type { Passwords } from '../passwords';
import { carryOverCommand, carryOverJump, type Carrier } from './carrier';
import type { Hop } from './hop';
import type { HostTrust } from './hostTrust';
import { JumpHosts, type JumpTimes, type Lease } from './jumpHosts';
import { logIn } from './login';
import { PrivateKeys } from './privateKeys';
import { resolveRoute, type Destination } from './resolveHop';
import type { Shell } from './shell';
import { SshShell } from './sshShell';
import { SshTunnel, type Tunnel } from './tunnel';

export interface ShellsOptions {
  readonly ssh: SshConfiguration;
  readonly trust: HostTrust;
  readonly passwords: Passwords;
  readonly logger: Logger;
  readonly jumpTimes?: JumpTimes;
}

/** The shells of one cloud, which share its jump hosts and unlocked keys. */
export class Shells {
  private readonly jumps: JumpHosts;
  private readonly keys: PrivateKeys;

  constructor(private readonly options: ShellsOptions) {
    this.jumps = new JumpHosts(options.jumpTimes);
    this.keys = new PrivateKeys(options.passwords);
  }

  async open(destination: Destination, signal?: AbortSignal): Promise<Shell> {
    const { ssh, logger, passwords } = this.options;
    const hop = await resolveRoute(destination, ssh, logger);
    const lease = await this.enter(hop, signal);
    return new SshShell(hop, lease, ssh.sudo === 'no' ? undefined : passwords);
  }

  /** A way to what the host can reach, over the same route as a shell on it. */
  async tunnel(destination: Destination, signal?: AbortSignal): Promise<Tunnel> {
    const hop = await resolveRoute(destination, this.options.ssh, this.options.logger);
    return new SshTunnel(hop, await this.enter(hop, signal));
  }

  /** Logs in at a hop, by whatever way leads there. */
  private async enter(hop: Hop, signal?: AbortSignal): Promise<Lease> {
    const { via } = hop;
    if (via === undefined) return this.logIn(hop, () => Promise.resolve(undefined), signal);
    if (via.kind === 'command') {
      return this.logIn(hop, () => Promise.resolve(carryOverCommand(via.command)), signal);
    }
    const jump = await this.jumps.use(via.hop, () => this.enter(via.hop), signal);
    try {
      const lease = await this.logIn(hop, () => carryOverJump(jump.client, via.hop, hop), signal);
      lease.client.once('close', jump.release);
      return lease;
    } catch (error) {
      jump.release();
      throw error;
    }
  }

  private async logIn(
    hop: Hop,
    carry: () => Promise<Carrier | undefined>,
    signal: AbortSignal | undefined,
  ): Promise<Lease> {
    const { trust } = this.options;
    const client = await logIn(hop, { trust, keys: this.keys }, carry, signal);
    return { client, release: () => void client.end() };
  }
}
