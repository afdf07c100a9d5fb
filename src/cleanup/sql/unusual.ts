import * as l10n from '@vscode/l10n';
import type { Problem } from '../../model/plan';
import type { Span } from '../../model/span';

// Controls (NUL ends a comment for the server), what an editor shows as a line end and the server does not,
// and marks that change the order in which text is shown.
const unusual =
  /[\u0000-\u0008\u000b-\u000c\u000e-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]+|\r(?!\n)/g;

/** Any of them, or a return: most texts have none, and this is seen sooner. */
const any = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/;

/** Characters that make a text look like something else than what the server reads. */
export function* findUnusual(text: string, { start, end }: Span): Generator<Problem> {
  const piece = text.slice(start, end);
  if (!any.test(piece)) return;
  for (const { 0: found, index } of piece.matchAll(unusual)) {
    const code = found.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
    const message = l10n.t(
      'The character U+{0} shows another text than the one that runs. Take it out.',
      code,
    );
    const at = start + index;
    yield { severity: 'error', message, span: { start: at, end: at + found.length } };
  }
}
