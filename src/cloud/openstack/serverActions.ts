/** What Nova can be asked to do with a server, with the body of `POST /servers/{id}/action`. */
export const actions = {
  start: { 'os-start': null },
  stop: { 'os-stop': null },
  hardReboot: { reboot: { type: 'HARD' } },
  forceDelete: { forceDelete: null },
  resetToError: { 'os-resetState': { state: 'error' } },
  resetToActive: { 'os-resetState': { state: 'active' } },
} as const;

export type ServerAction = keyof typeof actions;

/** What was asked of a server, as `instance_actions` holds it. */
export interface InstanceAction {
  readonly requestId: string;
  /** create, delete, stop ... */
  readonly action: string;
  readonly startedAt: string;
  readonly userId?: string;
  /** Error when it failed */
  readonly message?: string;
}
