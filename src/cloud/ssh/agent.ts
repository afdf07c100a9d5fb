import type { OpenSSHAgent, ParsedKey } from 'ssh2';

/** An SSH agent, asked with promises and not for ever. */
export class Agent {
  private constructor(private readonly agent: OpenSSHAgent) {}

  static async at(socket: string): Promise<Agent> {
    const { OpenSSHAgent: AgentOfSocket } = (await import('ssh2')).default;
    return new Agent(new AgentOfSocket(socket));
  }

  keys(timeoutMs = 3000): Promise<readonly ParsedKey[]> {
    return new Promise((resolve, reject) => {
      const late = setTimeout(() => reject(new Error('no answer')), timeoutMs);
      this.agent.getIdentities((error, keys) => {
        clearTimeout(late);
        if (error) reject(error);
        else resolve((keys ?? []).flatMap((key) => ('getPublicSSH' in key ? [key] : [])));
      });
    });
  }

  sign(key: ParsedKey, data: Buffer, hash: 'sha1' | 'sha256' | 'sha512' | undefined): Promise<Buffer> {
    return new Promise((resolve, reject) => {
      this.agent.sign(key, data, hash === undefined ? {} : { hash }, (error, signature) => {
        if (signature === undefined) reject(error ?? new Error('no signature'));
        else resolve(signature);
      });
    });
  }
}
