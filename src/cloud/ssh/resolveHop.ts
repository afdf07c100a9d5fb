import * as l10n from '@vscode/l10n';
import { homedir, hostname, userInfo } from 'node:os';
import { OperatorError } from '../../model/errors';
import type { Logger } from '../../model/ports';
import type { SshConfiguration } from '../configuration';
import { expandHostName } from './configMatch';
import type { ConfigOptions } from './configOptions';
import { readConfig } from './configReader';
import type { Hop, Via } from './hop';
import { proxyCommandFor } from './proxyCommand';
import { parseJumps, type JumpSpec } from './jumpSpec';
import { identityOf, knownHostsFilesOf } from './hopFiles';
import type { Expansion } from './tokens';

/** What resolving knows of this machine. */
export interface LocalMachine {
  readonly home: string;
  readonly user: string;
  readonly environment: Readonly<Partial<Record<string, string>>>;
  readonly systemConfigFile: string;
}

export interface Destination {
  /** Nova's name of the host */
  readonly host: string;
  readonly address: string;
  /** the cloud's settings give the address: HostName of ssh_config does not replace it */
  readonly addressIsSet?: boolean;
}

const maxHops = 8;

export function thisMachine(): LocalMachine {
  return {
    home: homedir(),
    user: userInfo().username,
    environment: process.env,
    systemConfigFile: '/etc/ssh/ssh_config',
  };
}

/** Finds the way to a host: what the cloud's settings say outweighs ssh_config, which outweighs what is usual. */
export async function resolveRoute(
  { host, address, addressIsSet }: Destination,
  ssh: SshConfiguration,
  logger: Pick<Logger, 'warn'>,
  machine: LocalMachine = thisMachine(),
): Promise<Hop> {
  const resolver = new Resolver(ssh, logger, machine);
  const jumps = ssh.jump === undefined ? undefined : parseJumps(ssh.jump);
  const preset = {
    ...(addressIsSet ? { hostName: address.replaceAll('%', '%%') } : {}),
    ...(ssh.user === undefined ? {} : { user: ssh.user }),
    ...(ssh.port === undefined ? {} : { port: ssh.port }),
    ...(jumps === undefined ? {} : { proxyJump: jumps, proxyCommand: 'none' }),
  };
  const names: [string, ...string[]] = host === address ? [host] : [host, address];
  return resolver.resolve(names, preset, { address, user: 'root', isTarget: true, before: [] });
}

interface Role {
  /** where ssh_config has no HostName */
  readonly address: string;
  /** where nothing names a user */
  readonly user: string;
  readonly isTarget: boolean;
  /** names of the hosts that are reached through this one */
  readonly before: readonly string[];
  /** the hop before it in a chain, in place of what ssh_config says */
  readonly via?: Via;
}

class Resolver {
  constructor(
    private readonly ssh: SshConfiguration,
    private readonly logger: Pick<Logger, 'warn'>,
    private readonly machine: LocalMachine,
  ) {}

  async resolve(
    names: readonly [string, ...string[]],
    preset: Partial<ConfigOptions>,
    role: Role,
  ): Promise<Hop> {
    const { ssh, machine } = this;
    const options: ConfigOptions = { identityFiles: [], ...preset };
    if (ssh.knownHostsFile !== undefined) options.userKnownHostsFiles = [ssh.knownHostsFile];
    await readConfig({ names, localUser: machine.user }, options, {
      home: machine.home,
      configFile: ssh.configFile,
      systemFile: machine.systemConfigFile,
    });
    const given = names[0];
    const named = options.hostName === undefined ? role.address : expandHostName(options.hostName, given);
    const address = named.toLowerCase();
    const { user = role.user, port = 22, hostKeyAlias } = options;
    const expansion = this.expansion(options, given, address, user);
    const via = role.via ?? (await this.via(options, expansion, [...role.before, given]));
    const aliveSeconds = options.serverAliveInterval ?? 0;
    return {
      host: { host: given, address, port, ...(hostKeyAlias === undefined ? {} : { alias: hostKeyAlias }) },
      user,
      identity: identityOf(options, expansion, { keyFile: ssh.keyFile, isTarget: role.isTarget }),
      knownHostsFiles: knownHostsFilesOf(options, expansion),
      strictHostKeyChecking: this.strictness(options, given),
      timeoutMs: (options.connectTimeout ?? 0) > 0 ? (options.connectTimeout ?? 0) * 1000 : 10_000,
      // Without it a connection that broke silently would be waited for, for ever.
      keepaliveMs: aliveSeconds > 0 ? aliveSeconds * 1000 : 10_000,
      keepaliveCount: Math.max(1, options.serverAliveCountMax ?? 3),
      ...(via === undefined ? {} : { via }),
    };
  }

  /** Names in messages go by `expansion.tokens.n`. */
  private async via(
    { proxyJump = [], proxyCommand }: ConfigOptions,
    expansion: Expansion,
    before: readonly string[],
  ): Promise<Via | undefined> {
    let via: Via | undefined;
    // The first of a chain goes by its own configuration, each other one through the one before it.
    for (const spec of proxyJump) {
      via = { kind: 'jump', hop: await this.jump(spec, before, via) };
    }
    if (via !== undefined || proxyCommand === undefined || proxyCommand.toLowerCase() === 'none') return via;
    return { kind: 'command', command: proxyCommandFor(proxyCommand, expansion) };
  }

  private jump(spec: JumpSpec, before: readonly string[], via: Via | undefined): Promise<Hop> {
    if (before.includes(spec.host) || before.length >= maxHops) {
      throw new OperatorError(
        'bad-configuration',
        l10n.t('The jumps of the SSH configuration lead in a circle: {0}', [...before, spec.host].join(', ')),
        l10n.t('Give {0} "ProxyJump none" in a Host block of its own, before the others.', spec.host),
      );
    }
    const preset = {
      ...(spec.user === undefined ? {} : { user: spec.user }),
      ...(spec.port === undefined ? {} : { port: spec.port }),
    };
    const role = { address: spec.host, user: this.machine.user, isTarget: false, before };
    return this.resolve([spec.host], preset, { ...role, ...(via === undefined ? {} : { via }) });
  }

  private expansion(options: ConfigOptions, given: string, address: string, user: string): Expansion {
    const { home, user: localUser, environment } = this.machine;
    const { port = 22, hostKeyAlias } = options;
    const own = { d: home, i: String(process.getuid?.() ?? ''), l: hostname(), u: localUser };
    const short = { L: hostname().replace(/\..*/, '') };
    const tokens = {
      ...own,
      ...short,
      h: address,
      k: hostKeyAlias ?? given,
      n: given,
      p: String(port),
      r: user,
    };
    return { tokens, home, environment };
  }

  /** `no` would let anybody stand between: the operator is asked instead, and a changed key is refused. */
  private strictness(options: ConfigOptions, given: string): Hop['strictHostKeyChecking'] {
    const { strictHostKeyChecking = 'ask' } = options;
    if (strictHostKeyChecking !== 'no') return strictHostKeyChecking;
    this.logger.warn(
      `${given}: "StrictHostKeyChecking no" is not followed; unknown keys are asked about, changed ones refused`,
    );
    return 'ask';
  }
}
