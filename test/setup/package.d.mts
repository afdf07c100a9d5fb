/** The path of the packaged extension after packageExtension(). */
export const vsix: string;
export function packageExtension(): Promise<void>;
