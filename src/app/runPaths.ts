/** Who ran what, in the folder of the runs. */
export const auditFile = 'audit.jsonl';
