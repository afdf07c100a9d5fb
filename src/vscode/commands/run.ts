import * as vscode from 'vscode';
import type { RunOptions } from '../../app/api';
import type { CloudConfiguration } from '../../app/configurations';
import { OperatorError } from '../../model/errors';
import type { RunReport, SectionReport } from '../../model/report';
import type { Handler, Parts } from '../parts';
import { countsOf } from '../plan/lastCounts';
import { sectionAt } from '../plan/lenses';
import { planName } from '../plan/openPlan';
import { cloudTitle } from '../words';
import { confirmRun } from './confirmRun';
import { offerRest } from './offerRest';
import { offsetIn, planDocument } from './planDocument';
import { scan } from './scan';

export function runPlan(parts: Parts): Handler {
  return async (uri) => {
    await run(parts, await planDocument(uri), undefined);
  };
}

export function runSection(parts: Parts): Handler {
  return async (uri, uuid) => {
    const document = await planDocument(uri);
    await run(parts, document, [typeof uuid === 'string' ? uuid : sectionAtCursor(parts, document)]);
  };
}

/** Everything as in a run, rolled back: of one section, or of the whole plan. */
export function dryRun(parts: Parts): Handler {
  return async (uri, uuid) => {
    const document = await planDocument(uri);
    const sections = typeof uuid === 'string' ? { sections: [uuid] } : {};
    const { version } = document;
    const text = document.getText();
    const cloud = cloudOf(parts, document);
    const title = vscode.l10n.t('Dry run on {0}', cloudTitle(cloud));
    const report = await withProgress(title, (options) =>
      parts.zombies.dryRun(text, { ...options, ...sections }),
    );
    parts.plans.setCounts(document, version, countsOf(report));
    void tell(parts, report, text);
  };
}

async function run(
  parts: Parts,
  document: vscode.TextDocument,
  uuids: readonly string[] | undefined,
): Promise<void> {
  const cloud = cloudOf(parts, document);
  refuseErrors(parts, document);
  const text = await confirmRun(parts, document, cloud, uuids);
  const busy = vscode.window.createStatusBarItem(vscode.StatusBarAlignment.Left);
  busy.text = `$(sync~spin) ${cloudTitle(cloud)}`;
  busy.tooltip = vscode.l10n.t('A cleanup plan is running on {0}.', cloudTitle(cloud));
  busy.backgroundColor = new vscode.ThemeColor('statusBarItem.errorBackground');
  busy.show();
  let report: RunReport;
  try {
    const title = vscode.l10n.t('Running the plan on {0}', cloudTitle(cloud));
    report = await withProgress(title, (options) =>
      parts.zombies.run(text, uuids ? { ...options, sections: uuids } : options),
    );
    await parts.pages.preview(
      `${planName(report.cloud, report.plan)}.report.md`,
      await parts.zombies.reportText(report, text),
    );
    void tell(parts, report, undefined);
    await lookAfterRestore(parts, document);
  } finally {
    busy.dispose();
  }
  await offerRest(parts, report);
}

/** A cleanup looks again at its own instances; what a restore brought back, only a scan finds. */
async function lookAfterRestore(parts: Parts, document: vscode.TextDocument): Promise<void> {
  const { header } = parts.plans.read(document);
  const branch = parts.tree.branches.find(({ name }) => name === header?.cloud);
  if (header?.purpose === 'restore' && branch) await scan(parts, branch);
}

function withProgress(title: string, work: (options: RunOptions) => Promise<RunReport>): Thenable<RunReport> {
  const location = vscode.ProgressLocation.Notification;
  return vscode.window.withProgress({ location, title, cancellable: true }, (progress, token) => {
    const stop = new AbortController();
    token.onCancellationRequested(() => {
      stop.abort();
    });
    return work({
      signal: stop.signal,
      onProgress: (done, total, what) => {
        progress.report({ message: `${String(done)}/${String(total)} ${what}` });
      },
    });
  });
}

/** `text`: of a dry run, whose report is shown only when it is asked for. */
async function tell({ pages, zombies }: Parts, report: RunReport, text: string | undefined): Promise<void> {
  const bad = report.sections.filter(isBad).length;
  const all = report.sections.length;
  const dry = report.mode === 'dry-run';
  const good = dry
    ? vscode.l10n.t('Dry run: every section would run ({0}). Everything was rolled back.', all)
    : vscode.l10n.t('The plan ran. Sections done: {0}.', all);
  const message = bad === 0 ? good : vscode.l10n.t('Sections that did not go through: {0} of {1}.', bad, all);
  const show = bad === 0 ? vscode.window.showInformationMessage : vscode.window.showWarningMessage;
  if (text === undefined) {
    void show(message);
    return;
  }
  const showReport = vscode.l10n.t('Show Report');
  if ((await show(message, showReport)) === showReport) {
    await pages.preview(
      `${planName(report.cloud, report.plan)}.dry-run.md`,
      await zombies.reportText(report, text),
    );
  }
}

/** A dry run rolls back by design; that is no failure unless it says a problem. */
function isBad({ outcome, problem, steps }: SectionReport): boolean {
  return (
    problem !== undefined ||
    steps.some((step) => step.problem) ||
    ['refused', 'failed', 'unknown'].includes(outcome)
  );
}

function refuseErrors({ zombies }: Parts, document: vscode.TextDocument): void {
  const errors = zombies.check(document.getText()).filter(({ severity }) => severity === 'error');
  const [first] = errors;
  if (first) {
    throw new OperatorError(
      'plan-refused',
      vscode.l10n.t('Line {0}: {1}', document.positionAt(first.span.start).line + 1, first.message),
      vscode.l10n.t('Correct what is marked in the editor, then run the plan. Problems: {0}.', errors.length),
    );
  }
}

function cloudOf({ zombies, plans }: Parts, document: vscode.TextDocument): CloudConfiguration {
  const name = plans.read(document).header?.cloud;
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

function sectionAtCursor({ plans }: Parts, document: vscode.TextDocument): string {
  const section = sectionAt(plans.read(document), offsetIn(document, undefined));
  if (!section) {
    throw new OperatorError(
      'not-found',
      vscode.l10n.t('There is no section here.'),
      vscode.l10n.t('Put the cursor into the section of an instance.'),
    );
  }
  return section.uuid;
}
