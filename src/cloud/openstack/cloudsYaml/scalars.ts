import { numberText, type Value } from './value';

/**
 * Plain scalars as PyYAML reads them: YAML 1.1, but without `y` and `n` (yaml/resolver.py and constructor.py,
 * PyYAML 6.0). A date stays the text that it is.
 */
export function plainYaml(text: string): Omit<Value, 'origin'> {
  if (/^(?:~|null|Null|NULL|)$/.test(text)) return { data: null };
  if (/^(?:yes|Yes|YES|true|True|TRUE|on|On|ON)$/.test(text)) return { data: true };
  if (/^(?:no|No|NO|false|False|FALSE|off|Off|OFF)$/.test(text)) return { data: false };
  const number = whole(text) ?? fraction(text);
  return number === undefined ? { data: text } : { data: number, altered: numberText(number) !== text };
}

/** Literals of JSON that are no strings. Python writes 1e5 out, and so `altered` is said. */
export function plainJson(text: string): Omit<Value, 'origin'> {
  if (text === 'null') return { data: null };
  if (text === 'true' || text === 'false') return { data: text === 'true' };
  const number = /^-?\d+$/.test(text) ? BigInt(text) : Number(text);
  return { data: number, altered: numberText(number) !== text };
}

function whole(text: string): bigint | undefined {
  const { sign, binary, hex, octal, decimal, sixties } =
    /^(?<sign>[-+]?)(?:0b(?<binary>[01_]+)|0x(?<hex>[0-9a-fA-F_]+)|0(?<octal>[0-7_]+)|(?<decimal>0|[1-9][0-9_]*)|(?<sixties>[1-9][0-9_]*(?::[0-5]?[0-9])+))$/.exec(
      text,
    )?.groups ?? {};
  const digits = (written: string): string => written.replaceAll('_', '') || '0';
  const size =
    binary !== undefined
      ? BigInt(`0b${digits(binary)}`)
      : hex !== undefined
        ? BigInt(`0x${digits(hex)}`)
        : octal !== undefined
          ? BigInt(`0o${digits(octal)}`)
          : decimal !== undefined
            ? BigInt(digits(decimal))
            : sixties === undefined
              ? undefined
              : sixties.split(':').reduce((sum, part) => sum * 60n + BigInt(digits(part)), 0n);
  return size !== undefined && sign === '-' ? -size : size;
}

function fraction(text: string): number | undefined {
  if (/^[-+]?\.(?:inf|Inf|INF)$/.test(text)) return text.startsWith('-') ? -Infinity : Infinity;
  if (/^\.(?:nan|NaN|NAN)$/.test(text)) return NaN;
  const plain = /^(?:[-+]?[0-9][0-9_]*\.[0-9_]*(?:[eE][-+][0-9]+)?|\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?)$/;
  if (plain.test(text)) return Number(text.replaceAll('_', ''));
  const { sign, sixties } =
    /^(?<sign>[-+]?)(?<sixties>[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*)$/.exec(text)?.groups ?? {};
  if (sixties === undefined) return undefined;
  const size = sixties.split(':').reduce((sum, part) => sum * 60 + Number(part.replaceAll('_', '')), 0);
  return sign === '-' ? -size : size;
}
