export interface Named<T> {
  /** that was asked for */
  readonly uuid: string;
  readonly fact: T;
}
