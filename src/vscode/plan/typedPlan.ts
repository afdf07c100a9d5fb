import type * as vscode from 'vscode';
import { inTurns } from '../../model/work';
import { PlanText } from '../../app/readPlan';
import type { Plan } from '../../model/plan';

type Change = Pick<vscode.TextDocumentContentChangeEvent, 'rangeOffset' | 'rangeLength' | 'text'>;

/** One document, read as it is typed: an edit after the one before, and others get their turn in between. */
export class TypedPlan {
  private text: Promise<PlanText>;
  private seen: number;

  constructor(document: Pick<vscode.TextDocument, 'version' | 'getText'>) {
    this.seen = document.version;
    this.text = inTurns(PlanText.reading(document.getText()));
  }

  /** of the document, with all edits that were handed on */
  get version(): number {
    return this.seen;
  }

  /** As it is at `version`. */
  async plan(): Promise<Plan> {
    for (;;) {
      const { text } = this;
      const { plan } = await text;
      if (text === this.text) return plan;
    }
  }

  /** Each change counts in the text that the ones before it left. */
  follow(version: number, changes: readonly Change[]): void {
    this.seen = version;
    this.text = this.text.then(async (text) => {
      for (const { rangeOffset: offset, rangeLength: removed, text: inserted } of changes)
        await inTurns(text.editing({ offset, removed, inserted }));
      return text;
    });
  }
}
