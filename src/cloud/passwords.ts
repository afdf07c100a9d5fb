import { CancelledError, OperatorError } from '../model/errors';
import type { ListedSecrets, PasswordKind, Prompts, Secrets } from '../model/ports';

/** Where a password is kept in the secret store. `account` is as in PasswordQuestion. */
export function passwordKey(cloud: string, account: string): string {
  return `openstackZombies.password/${cloud}/${account}`;
}

/** Forgets every password of a cloud. */
export async function forgetPasswords(cloud: string, secrets: ListedSecrets): Promise<void> {
  const keys = await secrets.keys();
  for (const key of keys.filter((each) => each.startsWith(passwordKey(cloud, '')))) {
    await secrets.delete(key);
  }
}

/**
 * Passwords of one cloud's accounts. Logins of the same account that come at the same time share what was found or
 * asked, so that thirty cells are one question.
 */
export class Passwords {
  private readonly shared = new Map<string, Promise<string>>();

  constructor(
    private readonly cloud: string,
    private readonly secrets: Secrets,
    private readonly prompts: Pick<Prompts, 'password'>,
  ) {}

  /** Logs in with the stored password or one that the operator gives; a refused one is asked for again, once. */
  async use<T>(account: string, logIn: (password: string) => Promise<T>, kind?: PasswordKind): Promise<T> {
    const first = this.share(account, undefined, () => this.find(account, undefined, kind));
    try {
      const opened = await this.attempt(account, first, logIn);
      this.forget(account, first);
      return opened;
    } catch (error) {
      // A refused one stays shared until it is replaced: others that are refused as well then find the new one.
      if (!OperatorError.is(error, 'refused-login')) {
        this.forget(account, first);
        throw error;
      }
    }
    const refused = await first;
    const second = this.share(account, first, () => this.find(account, refused, kind));
    try {
      return await this.attempt(account, second, logIn);
    } finally {
      this.forget(account, second);
    }
  }

  /** Whether a password is stored. */
  async isKept(account: string): Promise<boolean> {
    return (await this.secrets.get(passwordKey(this.cloud, account))) !== undefined;
  }

  private async attempt<T>(
    account: string,
    offered: Promise<string>,
    logIn: (password: string) => Promise<T>,
  ): Promise<T> {
    const password = await offered;
    const opened = await logIn(password);
    await this.keep(account, password);
    return opened;
  }

  /** What is shared already, unless that is `worn`; otherwise what `find` gives. */
  private share(
    account: string,
    worn: Promise<string> | undefined,
    find: () => Promise<string>,
  ): Promise<string> {
    const present = this.shared.get(account);
    if (present !== undefined && present !== worn) return present;
    const found = find();
    this.shared.set(account, found);
    return found;
  }

  /** The stored password; asked for when there is none, or only the refused one. */
  private async find(
    account: string,
    refused: string | undefined,
    kind: PasswordKind | undefined,
  ): Promise<string> {
    const kept = await this.secrets.get(passwordKey(this.cloud, account));
    if (kept !== undefined && kept !== refused) return kept;
    const given = await this.prompts.password({
      cloud: this.cloud,
      account,
      ...(kind === undefined ? {} : { kind }),
      refused: refused !== undefined,
    });
    if (given === undefined) throw new CancelledError();
    return given;
  }

  private async keep(account: string, password: string): Promise<void> {
    const key = passwordKey(this.cloud, account);
    if ((await this.secrets.get(key)) !== password) await this.secrets.store(key, password);
  }

  private forget(account: string, offered: Promise<string>): void {
    if (this.shared.get(account) === offered) this.shared.delete(account);
  }
}
