import { XMLParser } from 'fast-xml-parser';
import type { NovaMetadata } from '../model/facts';

/** What a domain's XML says of it. */
export interface DomainXml {
  readonly uuid: string;
  readonly name: string;
  readonly nova?: NovaMetadata;
  readonly disks: readonly string[];
}

/** `nova/virt/libvirt/config.py`, NOVA_NS: it ends in a version. */
const novaNamespace = 'http://openstack.org/xmlns/libvirt/nova/';

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  htmlEntities: true,
});

/** The XML of `virsh dumpxml`. Undefined when it is not a whole domain: never a domain that lacks something. */
export function parseDomainXml(xml: string): DomainXml | undefined {
  const domain = child(parse(xml), 'domain');
  const uuid = textOf(child(domain, 'uuid'));
  const name = textOf(child(domain, 'name'));
  if (uuid === undefined || name === undefined) {
    return undefined;
  }
  const nova = novaMetadata(child(domain, 'metadata'));
  const disks = list(child(child(domain, 'devices'), 'disk')).flatMap(diskSource);
  return { uuid, name, ...(nova ? { nova } : {}), disks };
}

function parse(xml: string): unknown {
  try {
    // The parser alone is lenient; `true` has it validated first.
    return parser.parse(xml, true);
  } catch {
    return undefined;
  }
}

function novaMetadata(metadata: unknown): NovaMetadata | undefined {
  for (const [tag, element] of Object.entries(isElement(metadata) ? metadata : {})) {
    const [, prefix = ''] = /^(?:(.+):)?instance$/.exec(tag) ?? [];
    const namespace = child(element, prefix === '' ? '@xmlns' : `@xmlns:${prefix}`);
    if (typeof namespace === 'string' && namespace.startsWith(novaNamespace)) {
      return metadataOf(element, prefix === '' ? '' : `${prefix}:`);
    }
  }
  return undefined;
}

function metadataOf(element: unknown, prefix: string): NovaMetadata {
  const owner = child(element, `${prefix}owner`);
  const projectId = child(child(owner, `${prefix}project`), '@uuid');
  const userId = child(child(owner, `${prefix}user`), '@uuid');
  return {
    name: textOf(child(element, `${prefix}name`)) ?? '',
    ...(typeof projectId === 'string' ? { projectId } : {}),
    ...(typeof userId === 'string' ? { userId } : {}),
  };
}

/** The attribute of `<source>` depends on the type of the disk: https://libvirt.org/formatdomain.html */
function diskSource(disk: unknown): string[] {
  const source = child(disk, 'source');
  return ['@file', '@dev', '@name', '@dir', '@volume']
    .map((attribute) => child(source, attribute))
    .filter((value) => typeof value === 'string');
}

function isElement(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function child(element: unknown, name: string): unknown {
  return isElement(element) && Object.hasOwn(element, name) ? element[name] : undefined;
}

function list(value: unknown): readonly unknown[] {
  if (value === undefined) {
    return [];
  }
  return Array.isArray(value) ? value : [value];
}

/** Text of an element without, or with, attributes. */
function textOf(element: unknown): string | undefined {
  const text = isElement(element) ? child(element, '#text') : element;
  return typeof text === 'string' ? text : undefined;
}
