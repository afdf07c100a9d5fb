export { readConfigurations } from '../cloud/readConfigurations';
export type { CloudColor, CloudConfiguration } from '../cloud/configuration';
