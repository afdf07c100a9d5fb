/** What the rooms without a screen ask of their surroundings. */
export interface Clock {
  now(): Date;
}

export interface Logger {
  /** what is of interest only when something is wrong */
  debug(message: string): void;
  info(message: string): void;
  warn(message: string): void;
  error(message: string): void;
}

export interface HostKeyQuestion {
  readonly cloud: string;
  readonly host: string;
  readonly address: string;
  readonly port: number;
  /** for example ssh-ed25519 */
  readonly keyType: string;
  /** SHA256:... as ssh-keygen -l prints it */
  readonly fingerprint: string;
}

export type PasswordKind = 'passphrase' | 'sudo';

export interface PasswordQuestion {
  readonly cloud: string;
  /** what the password opens, without any secret: `nova@10.0.0.5:3306`, a key file, a user of sudo */
  readonly account: string;
  /** absent: a login */
  readonly kind?: PasswordKind;
  /** true when the stored one was refused */
  readonly refused: boolean;
}

export interface Prompts {
  /** False refuses the connection. */
  trustHostKey(question: HostKeyQuestion): Promise<boolean>;
  /** Undefined when the operator dismissed the question. */
  password(question: PasswordQuestion): Promise<string | undefined>;
}

/** A place for secrets; VS Code's SecretStorage has this shape. */
export interface Secrets {
  get(key: string): PromiseLike<string | undefined>;
  store(key: string, value: string): PromiseLike<void>;
  delete(key: string): PromiseLike<void>;
}

/** Secrets that can be listed by their keys; VS Code's SecretStorage has this shape too. */
export interface ListedSecrets extends Secrets {
  keys(): PromiseLike<readonly string[]>;
}
