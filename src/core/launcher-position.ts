import type { LauncherPosition } from './messenger.js';

/** Farther away, nobody would see the launcher, in CSS px. */
const farthest = 500;

/** `position` of a deployment’s configuration; Genesys Cloud’s defaults for what cannot be read. */
export function readLauncherPosition(position: unknown): LauncherPosition {
  const { alignment, sideSpace, bottomSpace } = Object(position) as Readonly<Record<string, unknown>>;
  const side = wordOf(alignment);
  return {
    alignment: side === 'left' || side === 'right' ? side : 'auto',
    sideSpace: readSpace(sideSpace, 20),
    bottomSpace: readSpace(bottomSpace, 12),
  };
}

function readSpace(value: unknown, usual: number): number {
  const px = typeof value === 'string' ? Number.parseFloat(value) : value;
  return typeof px === 'number' && px >= 0 ? Math.min(px, farthest) : usual;
}

/** A word of a configuration in lower case; empty when it is no text. */
export const wordOf = (value: unknown): string => (typeof value === 'string' ? value.trim().toLowerCase() : '');
