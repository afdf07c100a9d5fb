import * as vscode from 'vscode';
import type { RunOptions } from '../../app/api';
import type { CloudConfiguration } from '../../app/configurations';
import { readPlan } from '../../app/readPlan';
import { OperatorError } from '../../model/errors';
import type { RunReport } from '../../model/report';
import { cancellable } from '../cancellable';
import type { Handler, Parts } from '../parts';
import { countsOf } from '../plan/lastCounts';
import { sectionAt } from '../plan/lenses';
import { chosen, isReady } from '../plan/summary';
import { cloudTitle } from '../words';
import { askForRest } from './askForRest';
import { confirmRun } from './confirmRun';
import { offerRest } from './offerRest';
import { offsetIn, planDocument } from './planDocument';
import { scan } from './scan';
import { ranBefore, reportName, tellRun } from './tellRun';

export function runPlan(parts: Parts): Handler {
  return async (uri) => {
    await run(parts, await planDocument(uri), undefined);
  };
}

export function runSection(parts: Parts): Handler {
  return async (uri, uuid) => {
    const document = await planDocument(uri);
    await run(parts, document, [typeof uuid === 'string' ? uuid : await sectionAtCursor(parts, document)]);
  };
}

/** Everything as in a run, rolled back: of one section, or of the whole plan. */
export function dryRun(parts: Parts): Handler {
  return async (uri, uuid) => {
    const document = await planDocument(uri);
    const sections = typeof uuid === 'string' ? { sections: [uuid] } : {};
    const { version } = document;
    const text = document.getText();
    const cloud = await cloudOf(parts, document);
    const title = vscode.l10n.t('Dry run on {0}', cloudTitle(cloud));
    const report = await withProgress(title, (options) =>
      parts.zombies.dryRun(text, { ...options, ...sections }),
    );
    parts.plans.setCounts(document, version, countsOf(report));
    parts.plans.setRehearsed(text, report);
    void tellRun(parts, report, text, cloudTitle(cloud));
  };
}

async function run(
  parts: Parts,
  document: vscode.TextDocument,
  uuids: readonly string[] | undefined,
): Promise<void> {
  const cloud = await cloudOf(parts, document);
  await refuseErrors(parts, document);
  const warning = await ranBefore(parts, document.getText());
  const text = await confirmRun(parts, document, { cloud, uuids, warning });
  const busy = vscode.window.createStatusBarItem(vscode.StatusBarAlignment.Left);
  busy.text = `$(sync~spin) ${cloudTitle(cloud)}`;
  busy.tooltip = vscode.l10n.t('A cleanup plan is running on {0}.', cloudTitle(cloud));
  busy.backgroundColor = new vscode.ThemeColor('statusBarItem.errorBackground');
  busy.show();
  let report: RunReport;
  try {
    const title = vscode.l10n.t('Running the plan on {0}', cloudTitle(cloud));
    const ready = chosen(readPlan(text), uuids).filter(isReady).length;
    report = await withProgress(title, (options) =>
      parts.zombies.run(text, {
        ...options,
        ...(uuids ? { sections: uuids } : {}),
        onRefused: async (refused) => {
          await parts.struckOut.show(document, refused);
          return askForRest(refused, ready);
        },
      }),
    );
    parts.plans.setRun(report);
    await parts.pages.preview(reportName(report), await parts.zombies.reportText(report, text));
    void tellRun(parts, report, text, cloudTitle(cloud));
    await scanAfter(parts, document);
  } finally {
    busy.dispose();
    parts.struckOut.clear();
  }
  await offerRest(parts, report);
}

/** A cleanup looks again at its own instances; what a restore brought back, or how much history is left, only a scan finds. */
async function scanAfter(parts: Parts, document: vscode.TextDocument): Promise<void> {
  const { header } = await parts.plans.read(document);
  const branch = parts.tree.branches.find(({ name }) => name === header?.cloud);
  const isSeen = header?.purpose === 'cleanup' || header?.purpose === 'purge';
  if (!isSeen && branch) await scan(parts, branch);
}

function withProgress(title: string, work: (options: RunOptions) => Promise<RunReport>): Thenable<RunReport> {
  return cancellable(title, (signal, progress) =>
    work({
      signal,
      onProgress: (done, total, what) => {
        progress.report({ message: `${String(done)}/${String(total)} ${what}` });
      },
    }),
  );
}

async function refuseErrors({ zombies, plans }: Parts, document: vscode.TextDocument): Promise<void> {
  const problems = await zombies.checkPlan(await plans.read(document));
  const errors = problems.filter(({ severity }) => severity === 'error');
  const [first] = errors;
  if (first) {
    throw new OperatorError(
      'plan-refused',
      vscode.l10n.t('Line {0}: {1}', document.positionAt(first.span.start).line + 1, first.message),
      vscode.l10n.t('Correct what is marked in the editor, then run the plan. Problems: {0}.', errors.length),
    );
  }
}

async function cloudOf(
  { zombies, plans }: Parts,
  document: vscode.TextDocument,
): Promise<CloudConfiguration> {
  const name = (await plans.read(document)).header?.cloud;
  const cloud = zombies.listClouds().find((each) => each.name === name);
  if (!cloud) {
    throw new OperatorError(
      'plan-refused',
      name === undefined
        ? vscode.l10n.t('The plan does not say which cloud it is for.')
        : vscode.l10n.t('The plan is for the cloud "{0}", which is not configured here.', name),
      vscode.l10n.t('Draft the plan from the tree, or add the cloud.'),
    );
  }
  return cloud;
}

async function sectionAtCursor({ plans }: Parts, document: vscode.TextDocument): Promise<string> {
  const section = sectionAt(await plans.read(document), offsetIn(document, undefined));
  if (!section) {
    throw new OperatorError(
      'not-found',
      vscode.l10n.t('There is no section here.'),
      vscode.l10n.t('Put the cursor into the section of an instance.'),
    );
  }
  return section.uuid;
}
