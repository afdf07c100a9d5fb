import * as l10n from '@vscode/l10n';
import { requestText } from '../cleanup/apiProse';
import { OperatorError } from '../model/errors';
import type { ConfirmStep, DirectoryStep, DomainStep, Section } from '../model/plan';
import type { Suspect, Verdict } from '../model/suspect';
import { isHandled, strangeRequest } from './apiCover';
import { isPurge, onlyFinishes } from './cutOff';
import { strangeRepair } from './repairCover';
import { statementTitle } from './statementTitle';
import { changesOwnRow, changesRows, isWeighty, movesRow, removesInstance } from './weight';

const verdictWords: Readonly<Record<Verdict, number>> = {
  legitimate: 0,
  unknown: 0,
  suspected: 1,
  confirmed: 2,
};

/**
 * Why the section must not run on what was just read; undefined when the fresh look bears it out. What an earlier run
 * has begun may look like another kind by now, and be less certain where the operator has typed the word for it.
 */
export function staleness(
  section: Section,
  fresh: Suspect | undefined,
  begun = false,
): OperatorError | undefined {
  if (!fresh) {
    if (onlyFinishes(section)) return undefined;
    return stale(l10n.t('{0} is not suspected any more, or could not be looked at.', section.uuid));
  }
  if (fresh.kind !== section.kind && !begun) {
    return stale(
      l10n.t('{0} was drafted as {1} and is now {2}: {3}', section.uuid, section.kind, fresh.kind, fresh.why),
    );
  }
  const isWeaker = verdictWords[fresh.verdict] < verdictWords[section.verdict];
  if (isUndraftable(fresh.verdict) || (isWeaker && !(begun && hasWord(section)))) {
    return stale(
      l10n.t('{0} was {1} and is now {2}: {3}', section.uuid, section.verdict, fresh.verdict, reason(fresh)),
    );
  }
  if (!offers(fresh, section)) {
    return stale(l10n.t('{0} is not offered for {1} any more.', section.depth, section.uuid));
  }
  for (const step of section.steps) {
    if (step.step === 'domain' && !coversDomain(fresh, step)) {
      return stale(
        l10n.t('The domain {0} on {1} is not to be removed as things are now.', step.uuid, step.host),
      );
    }
    if (step.step === 'directory' && !isPurge(step) && !coversDirectory(fresh, step)) {
      return stale(
        l10n.t('The directory {0} on {1} is not to be removed as things are now.', step.path, step.host),
      );
    }
  }
  const strange = strangeRequest(section, fresh);
  if (strange) {
    return stale(l10n.t('This is not to be asked of the APIs as things are now: {0}', requestText(strange)));
  }
  const repair = strangeRepair(section, fresh);
  if (repair) {
    return stale(l10n.t('This repairs nothing as things are now: {0}', statementTitle(repair)));
  }
  return removalObjection(section, fresh) ?? openManual(section, fresh) ?? wordObjection(section, fresh);
}

/**
 * The same where an earlier run took the row, and only the API database is left, which the guards of the section see to:
 * nothing is found that anyone wants to keep, and nothing has come back. What is young is so by that run.
 */
export function restObjection(section: Section, fresh: Suspect | undefined): OperatorError | undefined {
  if (fresh?.verdict === 'legitimate' && !fresh.young) {
    return stale(l10n.t('{0} is {1} now: {2}', section.uuid, fresh.verdict, reason(fresh)));
  }
  const [domain] = fresh?.remedy.domains ?? [];
  return (
    domain &&
    stale(l10n.t('The domain {0} is on {1}, and would stay there unseen by Nova.', domain.uuid, domain.host))
  );
}

/** A row that is gone hides what is left of the machine from Nova for ever (nova/compute/manager.py, the reaper). */
function removalObjection(section: Section, fresh: Suspect): OperatorError | undefined {
  if (!removesInstance(section)) {
    return undefined;
  }
  if (fresh.verdict !== 'confirmed') {
    return stale(
      l10n.t(
        'The row of {0} is only removed when nothing speaks against it: {1}',
        section.uuid,
        reason(fresh),
      ),
    );
  }
  const left = fresh.remedy.domains.find(
    ({ host, uuid }) =>
      !section.steps.some((step) => step.step === 'domain' && step.host === host && step.uuid === uuid),
  );
  return (
    left &&
    stale(l10n.t('The domain {0} is on {1}, and would stay there unseen by Nova.', left.uuid, left.host))
  );
}

/** What is to be done in other services now stands in the section: marked as done, or as a request. */
function openManual(section: Section, { remedy }: Suspect): OperatorError | undefined {
  if (!changesRows(section)) {
    return undefined;
  }
  const open = remedy.manual
    .filter(({ depths }) => depths?.includes(section.depth) ?? true)
    .find((each) => !isHandled(each, section));
  if (!open) {
    return undefined;
  }
  const drafted = section.steps.some((step) => step.step === 'manual' && step.command === open.command);
  return drafted
    ? stale(
        l10n.t('A step by hand is not marked as done: {0}', open.command),
        isWordMissing(section)
          ? l10n.t(
              'Do it, write done="yes" in its line, and type the word of the @confirm line. Then run it again.',
            )
          : l10n.t('Do it, write done="yes" in its line, and run it again.'),
      )
    : stale(
        l10n.t('A step by hand is not in the plan: {0}', open.command),
        l10n.t('Scan again, and draft a new plan: it holds this step.'),
      );
}

function wordObjection(section: Section, fresh: Suspect): OperatorError | undefined {
  return needsWord(section, fresh) ? unconfirmed(section) : undefined;
}

function isUndraftable(verdict: Verdict): boolean {
  return verdictWords[verdict] === 0;
}

function offers({ remedy: { depths } }: Suspect, section: Section): boolean {
  if (removesInstance(section) && !depths.includes('complete') && !depths.includes('archive')) {
    return false;
  }
  return (!changesRows(section) && section.depth !== 'api') || depths.includes(section.depth);
}

function coversDomain(fresh: Suspect, step: DomainStep): boolean {
  return fresh.remedy.domains.some(
    ({ host, uuid, state }) => host === step.host && uuid === step.uuid && state === step.state,
  );
}

function coversDirectory(fresh: Suspect, step: DirectoryStep): boolean {
  return fresh.remedy.directories.some(({ host, path }) => host === step.host && path === step.path);
}

/** A machine that nobody is known to have wanted gone is destroyed only on the operator's typed word. */
function needsWord(section: Section, fresh: Suspect): boolean {
  const typed = hasWord(section);
  const asks = fresh.verdict === 'suspected' || movesRow(section);
  const takes = isWeighty(section) || changesOwnRow(section);
  return !typed && (asks || (takes && !fresh.remedy.wanted));
}

function hasWord(section: Section): boolean {
  return section.steps.some((step) => step.step === 'confirm' && isTyped(section, step));
}

function isTyped(section: Section, { type, typed }: ConfirmStep): boolean {
  return type === section.uuid.slice(0, 8) && typed === type;
}

function reason(fresh: Suspect): string {
  return fresh.missing[0] ?? fresh.why;
}

function stale(
  message: string,
  action = l10n.t('Scan again, and draft a new plan from what is found.'),
): OperatorError {
  return new OperatorError('stale-evidence', message, action);
}

function isWordMissing({ steps }: Section): boolean {
  return steps.some((step) => step.step === 'confirm' && step.typed !== step.type);
}

function unconfirmed(section: Section): OperatorError {
  const word = section.uuid.slice(0, 8);
  return new OperatorError(
    'plan-refused',
    movesRow(section)
      ? l10n.t(
          'Two machines that write to one disk destroy it: the row of {0} only moves on your word.',
          section.uuid,
        )
      : l10n.t('Nothing shows that {0} was meant to be removed.', section.uuid),
    isWordMissing(section)
      ? l10n.t('Write {0} between the quotes after typed= in its @confirm line if you are sure.', word)
      : l10n.t(
          'Add the line  -- @confirm type="{0}" typed="{0}"  below its @instance line if you are sure.',
          word,
        ),
  );
}
