import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { ZombiesApi } from './app/api';
import { createZombies } from './app/zombies';
import { HostKeyMemento } from './vscode/hostKeyStore';
import { Pages } from './vscode/pages';
import { PlanDiagnostics } from './vscode/plan/diagnostics';
import { PlanHovers } from './vscode/plan/hovers';
import { PlanLenses } from './vscode/plan/lenses';
import { PlanOutline } from './vscode/plan/outline';
import { planLanguage, Plans } from './vscode/plan/plans';
import { PlanQuickFixes } from './vscode/plan/quickFixes';
import { StruckOut } from './vscode/plan/struckOut';
import { isOpenBelow } from './vscode/plan/openPlan';
import { prompts } from './vscode/prompts';
import { questions } from './vscode/questions';
import { offerUnfinished } from './vscode/offerUnfinished';
import { registerCommands } from './vscode/registerCommands';
import { readClouds, readRetentionDays, readThresholds } from './vscode/settings';
import { RunTree } from './vscode/runs/runTree';
import { RunView } from './vscode/runs/runView';
import { SettingsWatch } from './vscode/settingsWatch';
import { CloudTree } from './vscode/tree/cloudTree';
import { CloudView } from './vscode/tree/cloudView';
import { CloudsYamlProblems } from './vscode/wizard/cloudsYamlProblems';

/** Called by VS Code at the first use of a view, a command or a plan. Returns the API of docs/api.md. */
export function activate(context: vscode.ExtensionContext): ZombiesApi {
  if (vscode.l10n.bundle) l10n.config({ contents: vscode.l10n.bundle });
  const log = vscode.window.createOutputChannel('OpenStack Zombies', { log: true });
  const runsFolder = vscode.Uri.joinPath(context.globalStorageUri, 'runs');
  const zombies = createZombies({
    configurations: () => readClouds().clouds,
    thresholds: readThresholds,
    storageFolder: runsFolder.fsPath,
    retentionDays: readRetentionDays,
    isOpen: isOpenBelow,
    secrets: context.secrets,
    prompts,
    hostKeys: new HostKeyMemento(context.globalState),
    state: context.globalState,
    logger: log,
    clock: { now: () => new Date() },
  });
  const tree = new CloudTree(zombies, questions);
  const view = new CloudView(tree);
  const runs = new RunTree(zombies, questions);
  const plans = new Plans();
  const struckOut = new StruckOut(plans);
  const pages = new Pages();
  const cloudsYamlProblems = new CloudsYamlProblems(() => zombies.findings());
  const outline = new PlanOutline(plans);
  const lenses = new PlanLenses(zombies, plans);
  context.subscriptions.push(
    log,
    tree,
    view,
    runs,
    new RunView(runs),
    plans,
    struckOut,
    lenses,
    pages,
    cloudsYamlProblems,
    new SettingsWatch(tree),
    new PlanDiagnostics(zombies, plans),
    vscode.languages.registerCodeLensProvider(planLanguage, lenses),
    vscode.languages.registerHoverProvider(planLanguage, new PlanHovers(zombies, plans)),
    vscode.languages.registerCodeActionsProvider(planLanguage, new PlanQuickFixes(plans), {
      providedCodeActionKinds: [vscode.CodeActionKind.QuickFix],
    }),
    vscode.languages.registerDocumentSymbolProvider(planLanguage, outline),
    vscode.languages.registerFoldingRangeProvider(planLanguage, outline),
    registerCommands({
      zombies,
      tree,
      view,
      plans,
      struckOut,
      pages,
      runs,
      runsFolder,
      cloudsYamlProblems,
      log,
    }),
  );
  void offerUnfinished(zombies, log);
  return zombies;
}
