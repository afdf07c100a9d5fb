export { journalFile, planFile, reportFile } from '../model/runFolder';

/** Who ran what, in the folder of the runs. */
export const auditFile = 'audit.jsonl';
