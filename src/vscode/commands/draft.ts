import * as vscode from 'vscode';
import type { Draft } from '../../app/api';
import { OperatorError } from '../../model/errors';
import { cancellable } from '../cancellable';
import type { Handler, Parts } from '../parts';
import { openPlan } from '../plan/openPlan';
import type { CloudBranch } from '../tree/cloudBranch';
import { isDraftable } from '../tree/cloudIndex';
import { PlaceElement } from '../tree/placeElements';
import { SuspectElement } from '../tree/suspectElement';
import { askDraftOptions } from './draftOptions';
import { chooseBranch, elements } from './targets';

/** The ticked suspects of a cloud; of the one that has any, when only one has. */
export function draftPlan(parts: Parts): Handler {
  return async (...args) => {
    const withTicks = parts.tree.branches.filter(({ ticked }) => ticked.length > 0);
    const [only] = withTicks;
    const branch =
      args[0] === undefined && only && withTicks.length === 1 ? only : await chooseBranch(parts, args);
    await draft(parts, branch, branch.ticked);
  };
}

export function draftHost(parts: Parts): Handler {
  return async (...args) => {
    const places = elements(PlaceElement, args);
    const branch = await chooseBranch(parts, args);
    const uuids = places
      .filter((place) => place.branch === branch)
      .flatMap(({ place }) => branch.draftable(place));
    await draft(parts, branch, uuids);
  };
}

export function draftKind(parts: Parts): Handler {
  return async (...args) => {
    const [element] = elements(SuspectElement, args);
    const kind = element?.suspect?.kind;
    if (!element || kind === undefined) {
      throw nothingChosen();
    }
    const suspects = element.branch.report?.suspects ?? [];
    const same = suspects.filter((suspect) => suspect.kind === kind && isDraftable(suspect));
    await draft(
      parts,
      element.branch,
      same.map(({ uuid }) => uuid),
    );
  };
}

/** The clicked suspect, or all selected ones of its cloud. */
export function draftOne(parts: Parts): Handler {
  return async (...args) => {
    const branch = await chooseBranch(parts, args);
    const uuids = elements(SuspectElement, args)
      .filter((element) => element.branch === branch)
      .map(({ uuid }) => uuid);
    await draft(parts, branch, uuids);
  };
}

/** What a run left of some suspects, by the look that it ended with. */
export async function draftRest(parts: Parts, cloud: string, uuids: readonly string[]): Promise<void> {
  const branch = parts.tree.branches.find(({ name }) => name === cloud);
  if (branch) {
    await draft(parts, branch, uuids);
  }
}

async function draft(
  { zombies, pages }: Parts,
  branch: CloudBranch,
  uuids: readonly string[],
): Promise<void> {
  const suspects = branch.suspectsOf(uuids);
  if (suspects.length === 0) {
    throw nothingChosen();
  }
  const options = await askDraftOptions(suspects);
  const title = vscode.l10n.t('Drafting a plan for {0}', branch.name);
  const drafted = await cancellable(title, (signal) =>
    zombies.draft(branch.name, uuids, { ...options, signal }),
  );
  await openPlan(drafted.text, vscode.workspace.workspaceFolders?.[0]?.uri);
  void tellRefused(pages, drafted);
}

async function tellRefused(pages: Parts['pages'], { refused }: Draft): Promise<void> {
  if (refused.length === 0) {
    return;
  }
  const show = vscode.l10n.t('Show Reasons');
  const message = vscode.l10n.t('Not in the plan: {0}', refused.length);
  if ((await vscode.window.showWarningMessage(message, show)) === show) {
    await pages.open('refused.txt', refused.map(({ uuid, reason }) => `${uuid}  ${reason}\n`).join(''));
  }
}

function nothingChosen(): OperatorError {
  return new OperatorError(
    'not-found',
    vscode.l10n.t('No suspect is chosen that a plan may hold.'),
    vscode.l10n.t('Tick confirmed or suspected ones in the tree, then draft the plan.'),
  );
}
