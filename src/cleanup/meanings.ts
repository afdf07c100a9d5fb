import * as l10n from '@vscode/l10n';
import { directiveRules } from './directives';

/** What each directive means, in Markdown: the words of docs/plan-document.md, which a test compares. */
const meanings: Readonly<Record<string, () => string>> = {
  plan: () =>
    l10n.t(
      'first directive. `purpose` is `cleanup`, `restore`, `purge` or `history`; `run` is the run that a restore takes back, or that another plan goes on with',
    ),
  instance: () => l10n.t('begins a section, which reaches to the next one. One per UUID'),
  confirm: () =>
    l10n.t('the section waits until `typed` equals `type`, the first eight characters of the UUID'),
  manual: () => l10n.t('the section waits until the operator has done it and writes `done="yes"`'),
  domain: () => l10n.t('the domain is stopped and undefined (`then="undefine"`)'),
  directory: () =>
    l10n.t(
      '`then` is `quarantine` or `delete`; `restore` or `purge` in plans of that purpose, of what `from` names',
    ),
  api: () => l10n.t('a request to an API of the cloud, see below; irreversible'),
  unit: () => l10n.t('one transaction in one database, up to `COMMIT;`'),
  expect: () => l10n.t('the next statement changes so many rows, or the unit is rolled back'),
  history: () =>
    l10n.t('begins the section of one cell in a plan for soft-deleted history, see below; one per cell'),
  chunk: () => l10n.t('a file of the run that a restore loads in one transaction, see below'),
};

export const directiveNames: readonly string[] = Object.keys(directiveRules);

/** Undefined for what is no directive. */
export function directiveMeaning(name: string): string | undefined {
  return Object.hasOwn(meanings, name) ? meanings[name]?.() : undefined;
}

/** The directive that a misspelled name is most like; undefined when it is like none. */
export function nearestDirective(name: string): string | undefined {
  const [nearest] = directiveNames
    .map((each) => ({ each, distance: distanceOf(name.toLowerCase(), each) }))
    .filter(({ distance }) => distance <= 2)
    .toSorted((one, other) => one.distance - other.distance);
  return nearest?.each;
}

/** How many letters must be put in, left out or changed (Levenshtein). */
function distanceOf(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (const [index, letter] of [...from].entries()) {
    const next = [index + 1];
    for (const [column, other] of [...to].entries()) {
      const changed = (row[column] ?? 0) + Number(letter !== other);
      next.push(Math.min(changed, (row[column + 1] ?? 0) + 1, (next[column] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
