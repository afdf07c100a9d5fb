import * as l10n from '@vscode/l10n';
import { OperatorError } from '../model/errors';
import type { DomainStep } from '../model/plan';

/**
 * Path of the NVRAM, which goes with the definition (formatdomain of libvirt, "BIOS bootloader"): the text of the
 * element, or since 8.5 of its `<source file=...>`. Nothing when there is none.
 */
export function nvramOf(xml: string, { host, uuid }: Pick<DomainStep, 'host' | 'uuid'>): string {
  if (!/<nvram\b/.test(xml)) {
    return '';
  }
  const [, content = ''] = /<nvram\b(?:[^>]*\/>|[^>]*>([^]*?)<\/nvram>)/.exec(xml) ?? [];
  const path =
    /^\s*(\/[^<&]*[^<&\s])\s*$/.exec(content) ??
    /<source\b[^>]*\sfile=(?:'(\/[^'&]+)'|"(\/[^"&]+)")/.exec(content);
  const found = path?.[1] ?? path?.[2];
  if (found === undefined) {
    throw new OperatorError(
      'plan-refused',
      l10n.t('The domain {0} on {1} has an NVRAM, and it can not be told in which file.', uuid, host),
      l10n.t('Copy the NVRAM and undefine the domain by hand, then take the line out of the plan.'),
    );
  }
  return found;
}
