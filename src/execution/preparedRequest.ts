/** What is needed to send a request about the thing as it was just read. */
export interface Prepared {
  send(signal?: AbortSignal): Promise<void>;
  /** until what was asked for has happened; gives what there is to say of it */
  wait?(signal?: AbortSignal): Promise<string | undefined>;
}
