/** What the job is about: instances of the demo cloud, by the names that they are planted by. */
export const stuck = "stuck'); DROP TABLE instances; -- */";
export const leftover = 'disk-stayed';
/** Is ticked, and taken out of the plan again. */
export const spared = 'half-deleted';
/** Rows without a parent have no name any more. */
export const orphan = 'ddeb6e86-713e-44b0-b27c-88ae1cdece3f';
export const orphanLabel = 'ddeb6e86';
/** The host of all that have one. */
export const host = 'compute-01';
