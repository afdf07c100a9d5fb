/** Where the cloud is whose history is deleted, and where what is kept of it goes. */
export interface Order {
  readonly apiUrl: string;
  readonly password: string;
  readonly folder: string;
}

/** What the product did. */
export interface Purged {
  readonly draftSeconds: number;
  /** with the run's own look at the whole cloud */
  readonly seconds: number;
  readonly rows: number;
  readonly cpuSeconds: number;
  readonly files: number;
  readonly bytes: number;
}

/** What a client is told that deletes the same without guards and without a way back. */
export interface BareOrder {
  readonly host: '127.0.0.1';
  readonly port: number;
  readonly user: string;
  readonly password: string;
  /** the plan whose statements it takes */
  readonly plan: string;
}
