import type * as vscode from 'vscode';
import type { Zombies } from '../app/zombies';
import type { Pages } from './pages';
import type { Plans } from './plan/plans';
import type { StruckOut } from './plan/struckOut';
import type { RunTree } from './runs/runTree';
import type { CloudTree } from './tree/cloudTree';
import type { CloudView } from './tree/cloudView';
import type { CloudsYamlProblems } from './wizard/cloudsYamlProblems';

/** What commands act on. */
export interface Parts {
  readonly zombies: Zombies;
  readonly tree: CloudTree;
  readonly view: CloudView;
  readonly plans: Plans;
  readonly struckOut: StruckOut;
  readonly pages: Pages;
  readonly runs: RunTree;
  /** where the runs are kept */
  readonly runsFolder: vscode.Uri;
  readonly cloudsYamlProblems: CloudsYamlProblems;
  readonly log: vscode.LogOutputChannel;
}

/** A command, given what VS Code hands it: a tree element and the selected ones, a URI, or nothing. */
export type Handler = (...args: readonly unknown[]) => void | Promise<void>;
