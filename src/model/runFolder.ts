/** Names in the folder of the runs that are read without what runs plans. */
export const journalFile = 'journal.jsonl';
export const planFile = 'plan.cleanup.sql';
export const reportFile = 'report.json';

/** Sorts by time. */
export const runPattern = /^\d{8}T\d{6}Z-[0-9a-f]{6}$/;
