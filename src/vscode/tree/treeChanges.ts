import * as vscode from 'vscode';
import type { Questions } from '../questions';
import type { TreeElement } from './element';

/** What of the tree looks different: told at once, or when the last open question is answered. */
export class TreeChanges implements vscode.Disposable {
  private readonly emitter = new vscode.EventEmitter<TreeElement | undefined>();
  private readonly held = new Set<TreeElement | undefined>();
  private readonly listening: { dispose(): void };

  readonly event = this.emitter.event;

  constructor(private readonly questions: Questions) {
    this.listening = questions.onDidClose(() => {
      this.release();
    });
  }

  dispose(): void {
    this.listening.dispose();
    this.emitter.dispose();
  }

  /** Undefined: all of the tree. */
  fire(element: TreeElement | undefined): void {
    this.held.add(element);
    if (!this.questions.areOpen) this.release();
  }

  private release(): void {
    const changed = this.held.has(undefined) ? [undefined] : [...this.held];
    this.held.clear();
    if (changed.length > 0) this.questions.drawing();
    for (const element of changed) this.emitter.fire(element);
  }
}
