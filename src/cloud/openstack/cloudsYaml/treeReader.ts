import * as l10n from '@vscode/l10n';
import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  Scalar,
  type Alias,
  type Document,
  type Node,
  type YAMLMap,
} from 'yaml';
import type { Place, Report } from './report';
import { plainJson, plainYaml } from './scalars';
import { isMapping, type Data, type Mapping, type Value } from './value';

/** Aliases can make a small file endless. */
const mostNodes = 100_000;
const mostLevels = 200;

/** Why the file gives nothing at all: PyYAML would raise, or the file is no configuration. */
export class Unreadable extends Error {
  constructor(
    readonly offset: number,
    message: string,
  ) {
    super(message);
  }
}

/** Makes values out of the nodes of a document, as PyYAML's SafeConstructor does (yaml/constructor.py, PyYAML 6.0). */
export class TreeReader {
  private readonly open = new Set<Node>();
  private readonly seen = new Set<Node>();
  private readonly anchors = new Map<string, Node>();
  private readonly targets = new Map<Alias, Node>();
  private nodes = 0;

  constructor(
    private readonly contents: Document.Parsed['contents'],
    private readonly json: boolean,
    private readonly place: (offset: number) => Place,
    private readonly report: Report,
  ) {}

  root(): Value | undefined {
    if (this.contents === null) return undefined;
    const value = this.value(this.contents, this.place(start(this.contents)));
    return value.data === null ? undefined : value;
  }

  /** @param key the place of its key: what has no text of its own, or many lines of it, is shown there */
  private value(written: Node, key: Place): Value {
    const node = this.resolve(written);
    this.nodes += 1;
    if (this.nodes > mostNodes || this.open.size > mostLevels) {
      throw new Unreadable(start(written), l10n.t('This file is too large. Use fewer levels and aliases.'));
    }
    if (this.open.has(node)) {
      throw new Unreadable(start(written), l10n.t('This alias holds itself. Write the value out.'));
    }
    this.open.add(node);
    try {
      if (isScalar(node)) {
        const scalar = this.scalar(node);
        const origin = scalar.data === null || scalar.data === '' ? key : this.place(start(written));
        return { origin, ...scalar };
      }
      return { origin: key, data: this.collection(node) };
    } finally {
      this.open.delete(node);
    }
  }

  private collection(node: Node): Data {
    if (isMap(node) && (node.tag ?? mapTag) === mapTag) return this.mapping(node);
    if (isSeq(node) && (node.tag ?? listTag) === listTag) {
      return node.items.flatMap((item) => (isNode(item) ? [this.value(item, this.place(start(item)))] : []));
    }
    throw unknownTag(node);
  }

  /** The last of two equal keys counts, and a key of the mapping itself beats a merged one. */
  private mapping(map: YAMLMap): Mapping {
    const merged: Mapping[] = [];
    const own = new Map<string, Value>();
    for (const { key, value } of map.items) {
      if (!isNode(key)) continue;
      const place = this.place(start(key));
      if (!this.json && isScalar(key) && key.source === '<<' && isPlain(key)) {
        merged.push(...this.merges(isNode(value) ? value : key));
        continue;
      }
      const name = this.value(key, place);
      if (typeof name.data !== 'string') {
        this.refuseKey(key, name, place);
        continue;
      }
      if (own.has(name.data)) {
        this.report.warn(
          place,
          l10n.t('This key stands here a second time. The last one counts: remove one.'),
        );
      }
      own.set(name.data, isNode(value) ? this.value(value, place) : { origin: place, data: null });
    }
    return new Map([...merged.flatMap((mapping) => [...mapping]), ...own]);
  }

  /** Of a list of merged mappings the first one wins. */
  private merges(node: Node): Mapping[] {
    const { data } = this.value(node, this.place(start(node)));
    const mappings = Array.isArray(data) ? data.map((item: Value) => item.data).reverse() : [data];
    if (!mappings.every(isMapping)) {
      throw new Unreadable(
        start(node),
        l10n.t('Only a mapping, or a list of mappings, can be merged with <<.'),
      );
    }
    return mappings;
  }

  private refuseKey(key: Node, { data }: Value, place: Place): void {
    if (typeof data === 'object' && data !== null) {
      throw new Unreadable(start(key), l10n.t('A key must be a text.'));
    }
    this.report.warn(
      place,
      l10n.t('YAML does not read this key as a text, and it is left out. Put it in quotes.'),
    );
  }

  private scalar(node: Scalar): Omit<Value, 'origin'> {
    const text = typeof node.source === 'string' ? node.source : '';
    const tag = node.tag?.replace(/^tag:yaml\.org,2002:/, '');
    if (tag === 'str' || tag === '!') return { data: text };
    const resolved = this.json ? plainJson(text) : plainYaml(text);
    if (tag === undefined) return isPlain(node) ? resolved : { data: text };
    if (typesOf.get(tag)?.includes(resolved.data === null ? 'null' : typeof resolved.data)) return resolved;
    throw unknownTag(node);
  }

  /** Nodes are first seen in the order of the text, so that an alias means the anchor that was seen last. */
  private resolve(node: Node): Node {
    if (!isAlias(node)) {
      if (node.anchor !== undefined && !this.seen.has(node)) this.anchors.set(node.anchor, node);
      this.seen.add(node);
      return node;
    }
    const target = this.targets.get(node) ?? this.anchors.get(node.source);
    if (target === undefined) {
      throw new Unreadable(
        start(node),
        l10n.t('There is no anchor of this name above. Put a text with * in quotes.'),
      );
    }
    this.targets.set(node, target);
    return target;
  }
}

const mapTag = 'tag:yaml.org,2002:map';
const listTag = 'tag:yaml.org,2002:seq';

/** What a scalar with an explicit tag must look like. */
const typesOf: ReadonlyMap<string, readonly string[]> = new Map([
  ['int', ['bigint']],
  ['float', ['number', 'bigint']],
  ['bool', ['boolean']],
  ['null', ['null']],
]);

function isPlain(node: Scalar): boolean {
  return node.type === undefined || node.type === Scalar.PLAIN;
}

function isNode(node: unknown): node is Node {
  return isScalar(node) || isMap(node) || isSeq(node) || isAlias(node);
}

function start(node: Node): number {
  return node.range?.[0] ?? 0;
}

function unknownTag(node: Node): Unreadable {
  return new Unreadable(start(node), l10n.t('This tag is not known. Remove the word that starts with "!".'));
}
