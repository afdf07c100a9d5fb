import type { XmlElement } from '@rgrove/parse-xml';
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

let parser: typeof import('@rgrove/parse-xml') | undefined;

/** A bundle of its own, loaded before the first domain is parsed. */
export async function loadXmlParser(): Promise<void> {
  parser ??= await import('@rgrove/parse-xml');
}

/** The XML of `virsh dumpxml`. Undefined when it is not a whole domain: never a domain that lacks something. */
export function parseDomainXml(xml: string): DomainXml | undefined {
  const domain = parse(xml);
  const uuid = child(domain, 'uuid')?.text;
  const name = child(domain, 'name')?.text;
  if (domain?.name !== 'domain' || uuid === undefined || name === undefined) {
    return undefined;
  }
  const nova = novaMetadata(child(domain, 'metadata'));
  const disks = children(child(domain, 'devices'), 'disk').flatMap(diskSource);
  return { uuid, name, ...(nova ? { nova } : {}), disks };
}

function parse(xml: string): XmlElement | undefined {
  if (!parser) {
    throw new Error('loadXmlParser was not awaited');
  }
  try {
    return parser.parseXml(xml).root ?? undefined;
  } catch {
    return undefined;
  }
}

function novaMetadata(metadata: XmlElement | undefined): NovaMetadata | undefined {
  for (const element of elements(metadata)) {
    const [, prefix = ''] = /^(?:(.+):)?instance$/.exec(element.name) ?? [];
    const namespace = element.attributes[prefix === '' ? 'xmlns' : `xmlns:${prefix}`];
    if (namespace?.startsWith(novaNamespace)) {
      return metadataOf(element, prefix === '' ? '' : `${prefix}:`);
    }
  }
  return undefined;
}

function metadataOf(element: XmlElement, prefix: string): NovaMetadata {
  const owner = child(element, `${prefix}owner`);
  const projectId = child(owner, `${prefix}project`)?.attributes.uuid;
  const userId = child(owner, `${prefix}user`)?.attributes.uuid;
  return {
    name: child(element, `${prefix}name`)?.text ?? '',
    ...(projectId === undefined ? {} : { projectId }),
    ...(userId === undefined ? {} : { userId }),
  };
}

/** The attribute of `<source>` depends on the type of the disk: https://libvirt.org/formatdomain.html */
function diskSource(disk: XmlElement): string[] {
  const attributes = child(disk, 'source')?.attributes ?? {};
  return ['file', 'dev', 'name', 'dir', 'volume'].flatMap((attribute) => attributes[attribute] ?? []);
}

function child(element: XmlElement | undefined, name: string): XmlElement | undefined {
  return children(element, name)[0];
}

function children(element: XmlElement | undefined, name: string): XmlElement[] {
  return elements(element).filter((each) => each.name === name);
}

function elements(element: XmlElement | undefined): XmlElement[] {
  return (element?.children ?? []).filter((node) => node.type === 'element') as XmlElement[];
}
