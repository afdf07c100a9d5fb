import type { CloudConfiguration } from '../cloud/configuration';

/** A cloud that is red, or labelled as one: each run on it is confirmed by typing its name. */
export function isProduction({ color, label = '' }: Pick<CloudConfiguration, 'color' | 'label'>): boolean {
  return color === 'red' || /^prod/i.test(label.trim());
}
