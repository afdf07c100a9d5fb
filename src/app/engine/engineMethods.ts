import type { ZombiesApi } from '../api';

/** What reads and changes clouds: a bundle of its own, loaded at first use, so that VS Code starts without it. */
export type Engine = Pick<
  ZombiesApi,
  | 'findings'
  | 'testConnection'
  | 'scan'
  | 'lookUp'
  | 'showAll'
  | 'explain'
  | 'draft'
  | 'draftHistory'
  | 'dryRun'
  | 'run'
  | 'runs'
  | 'restorePlan'
  | 'purgePlan'
  | 'goOn'
  | 'leave'
  | 'deleteRun'
  | 'reportText'
  | 'countChange'
  | 'runSelect'
>;
