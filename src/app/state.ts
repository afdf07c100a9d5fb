/** A small store that outlives the window; VS Code's Memento has this shape. */
export interface State {
  get<T>(key: string, defaultValue: T): T;
  update(key: string, value: unknown): PromiseLike<void>;
}
