import { interfaceOf } from './connectionSettings';
import type { Report } from './report';
import type { Interface, ResolvedCloud } from './resolvedCloud';
import { isEmpty, textOf, type Mapping, type Value } from './value';

type ServiceSettings = Pick<ResolvedCloud, 'endpointOverrides' | 'interfaces' | 'regions' | 'apiVersions'>;

/** What is set for single services, by the name before the ending: `_get_config` of cloud_region.py 0.101. */
export function serviceSettingsOf(settings: Mapping, report: Report): ServiceSettings {
  const texts = (ending: string): Record<string, string> =>
    Object.fromEntries(
      withEnding(settings, ending).map(([service, value]) => [service, textOf(value, report) ?? '']),
    );
  const interfaces = withEnding(settings, '_interface').map(([service, value]): [string, Interface] => [
    service,
    interfaceOf(value, report),
  ]);
  return {
    // the older name of an override, which loses to the new one (`get_endpoint`)
    endpointOverrides: { ...texts('_endpoint'), ...texts('_endpoint_override') },
    interfaces: Object.fromEntries(interfaces),
    regions: texts('_region_name'),
    apiVersions: texts('_api_version'),
  };
}

function withEnding(settings: Mapping, ending: string): [string, Value][] {
  return [...settings]
    .filter(([key, value]) => key.endsWith(ending) && key !== ending && !isEmpty(value))
    .map(([key, value]) => [key.slice(0, -ending.length), value]);
}
