import * as vscode from 'vscode';
import { OperatorError } from '../../model/errors';
import { pick } from '../ask';
import type { Parts } from '../parts';
import type { CloudBranch } from '../tree/cloudBranch';

/** A tree element that belongs to a cloud. */
interface OfCloud {
  readonly branch: CloudBranch;
}

/** The elements of one class among those that VS Code hands a command: the clicked one, then all selected ones. */
export function elements<T>(type: abstract new (...args: never[]) => T, args: readonly unknown[]): T[] {
  const [clicked, selected] = args;
  const all: readonly unknown[] = Array.isArray(selected) ? selected : [clicked];
  return all.filter((element): element is T => element instanceof type);
}

/** The cloud of the clicked element; else the only cloud; else the operator picks one. */
export async function chooseBranch(
  { tree }: Pick<Parts, 'tree'>,
  args: readonly unknown[],
): Promise<CloudBranch> {
  const [clicked] = args;
  if (isOfCloud(clicked)) {
    return clicked.branch;
  }
  const [first, ...others] = tree.branches;
  if (!first) {
    throw new OperatorError(
      'not-found',
      vscode.l10n.t('No cloud is configured.'),
      vscode.l10n.t('Add one with the command "Add Cloud".'),
    );
  }
  if (others.length === 0) {
    return first;
  }
  const items = [first, ...others].map((branch) => {
    const { name: label, label: description = '' } = branch.configuration;
    return { label, description, branch };
  });
  return (await pick(items, { placeHolder: vscode.l10n.t('Which cloud?') })).branch;
}

function isOfCloud(element: unknown): element is OfCloud {
  return typeof element === 'object' && element !== null && 'branch' in element;
}
