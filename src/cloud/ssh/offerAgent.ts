import type { BaseAgent, IdentityCallback, ParsedKey, SignCallback, SigningRequestOptions } from 'ssh2';
import { LockedKeyError, type Candidate, type Hash } from './offer';
import type { LockedKey } from './privateKeys';

/** What became of an offer. */
export interface Offered {
  /** the host would take this key, and its passphrase is not known */
  locked?: LockedKey;
  readonly refusedToSign: string[];
}

/** Marks the error of a key that cannot sign: ssh2 tells it, and goes on with the next key. */
export class NoSignatureError extends Error {}

/** Shows all candidates to ssh2 as the keys of one agent, so that a key is asked to sign only if the host takes it. */
export async function offerAgent(candidates: readonly Candidate[], offered: Offered): Promise<BaseAgent> {
  const { BaseAgent: AgentOfSsh2 } = (await import('ssh2')).default;
  const sign = async (key: ParsedKey, data: Buffer, hash: Hash): Promise<Buffer> => {
    const candidate = candidates.find(({ publicKey }) => publicKey.getPublicSSH().equals(key.getPublicSSH()));
    try {
      if (candidate !== undefined) return await candidate.sign(data, hash);
    } catch (error) {
      if (error instanceof LockedKeyError) {
        offered.locked = error.file;
        throw error;
      }
      offered.refusedToSign.push(candidate?.name ?? '');
    }
    throw new NoSignatureError('the key cannot sign');
  };
  class CandidateAgent extends AgentOfSsh2<ParsedKey> {
    override getIdentities(done: IdentityCallback<ParsedKey>): void {
      done(
        null,
        candidates.map(({ publicKey }) => publicKey),
      );
    }

    override sign(
      key: ParsedKey,
      data: Buffer,
      options: SigningRequestOptions | SignCallback,
      done?: SignCallback,
    ): void {
      const settle = typeof options === 'function' ? options : done;
      sign(key, data, typeof options === 'function' ? undefined : options.hash).then(
        (signature) => settle?.(null, signature),
        (error: unknown) => settle?.(error instanceof Error ? error : new Error(String(error))),
      );
    }
  }
  return new CandidateAgent();
}
