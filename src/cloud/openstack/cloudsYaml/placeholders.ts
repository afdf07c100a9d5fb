import * as l10n from '@vscode/l10n';
import type { Report } from './report';
import { numberText, type Data, type Mapping, type Value } from './value';

/** A text with one of these in it would carry the secret to where texts are shown. */
const secret = /password|secret|token|passcode/;

/**
 * Fills `{region_name}` and the like in with the settings of the cloud, as Python's str.format does for plain names;
 * `{{` is a brace. Undefined after a complaint.
 */
export function filled(value: Value, settings: Mapping, report: Report): Value | undefined {
  if (typeof value.data !== 'string') return value;
  let good = true;
  const data = value.data.replace(/\{\{|\}\}|\{([^{}]*)\}|[{}]/g, (found, name: string | undefined) => {
    if (found === '{{' || found === '}}') return found.charAt(0);
    const text = name === undefined || secret.test(name) ? undefined : plainText(settings.get(name)?.data);
    good &&= text !== undefined;
    return text ?? '';
  });
  if (good) return { ...value, data };
  report.error(
    value.origin,
    l10n.t(
      'Braces stand for another setting of the cloud, such as {0}. Write a brace itself twice.',
      '{region_name}',
    ),
  );
  return undefined;
}

function plainText(data: Data | undefined): string | undefined {
  if (data === null) return 'None';
  if (typeof data === 'boolean') return data ? 'True' : 'False';
  if (typeof data === 'string') return data;
  return typeof data === 'bigint' || typeof data === 'number' ? numberText(data) : undefined;
}
