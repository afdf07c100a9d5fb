/** The process that runs a plan, as its journal names it: whoever reads that can tell whether it still lives. */
export interface Runner {
  readonly host: string;
  readonly pid: number;
  /** the boot of the machine; absent where it does not tell one boot from another */
  readonly boot?: string;
  /** the namespace of the process ids: a container has its own, under the host's boot */
  readonly space?: string;
  /** when the process began, in the words of the system: a pid is used again */
  readonly started?: string;
}
