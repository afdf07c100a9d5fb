/** Installs a VS Code below .local/vscode, unless it is there. */
export function ensureVscode(which: 'newest' | 'oldest'): Promise<void>;
