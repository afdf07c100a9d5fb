import { median } from './compare';
import type { Figure, Unit } from './work';

/** A number with three digits that count. */
export function counted(value: number, unit: Unit): string {
  if (unit === 'bytes') return `${digits(value / 2 ** 20)} MiB`;
  return `${digits(value)} ${unit}`;
}

function digits(value: number): string {
  if (Math.abs(value) >= 100) return Math.round(value).toString();
  return Math.abs(value) >= 10 ? value.toFixed(1) : value.toFixed(2);
}

export function figureLine({ name, peer, unit, ours, theirs, ratio, goal, met }: Figure): string {
  const sides = `${counted(median(ours), unit)}, ${peer} ${counted(median(theirs), unit)}`;
  return `${met ? 'met   ' : 'MISSED'} ${name}: ${sides}: ${ratio.toFixed(2)} (goal ${goal.toFixed(2)})`;
}
