import * as l10n from '@vscode/l10n';

/**
 * Where JSON is broken. Its tree is built by the YAML parser, which reads JSON but more than JSON too.
 * @param yamlOffset where the YAML parser stopped, if it did
 */
export function jsonFault(
  text: string,
  yamlOffset: number | undefined,
): { readonly offset: number; readonly message: string } | undefined {
  const message = l10n.t('This is not valid JSON. Check quotes, brackets and commas.');
  try {
    JSON.parse(text);
    return yamlOffset === undefined ? undefined : { offset: yamlOffset, message };
  } catch (error) {
    // V8 tells the offset in its message alone, and quotes the text, which may be a password
    const told = error instanceof Error ? /at position (\d+)/.exec(error.message)?.[1] : undefined;
    const offset = told === undefined ? (yamlOffset ?? 0) : Number(told);
    return { offset, message };
  }
}
