import * as l10n from '@vscode/l10n';
import type { Problem } from '../model/plan';

/** More than anybody reads. */
const most = 1000;

/** The problems of one text. Beyond a number the whole plan refuses, so that none is lost by not being listed. */
export class ProblemList {
  private readonly problems: Problem[] = [];

  get full(): boolean {
    return this.problems.length > most;
  }

  add(problem: Problem): void {
    if (this.full) return;
    this.problems.push(problem);
    if (this.problems.length < most) return;
    const message = l10n.t('There are more than {0} problems. Draft the plan again.', most - 1);
    this.problems.push({ severity: 'error', message, span: { start: 0, end: 0 } });
  }

  /** In the order of the text. */
  inOrder(): Problem[] {
    return this.problems.sort((a, b) => a.span.start - b.span.start);
  }
}
