export const root: string;
export function local(...names: string[]): string;
