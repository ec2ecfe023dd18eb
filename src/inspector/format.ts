/** Time of day: `09:05:31`. @param at epoch ms */
export const timeOfDay = (at: number): string => new Date(at).toLocaleTimeString('en-GB');

/** For the attribute `datetime` and for reports. @param at epoch ms */
export const isoTime = (at: number): string => new Date(at).toISOString();

/** How long something took: `230 ms`, `4.2 s`. */
export const duration = (ms: number): string => (ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`);

const two = (part: number): string => String(part).padStart(2, '0');

/** A countdown: `0:42`, `14:05`, `1:02:00`. */
export function clock(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / 1000));
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}

/** The same in words: `42 seconds`, `14 minutes`. */
export function inWords(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  const [count, unit] =
    seconds < 120
      ? [seconds, 'second']
      : seconds < 7200
        ? [Math.round(seconds / 60), 'minute']
        : [Math.round(seconds / 3600), 'hour'];
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}

/** `1 attempt`, `2 attempts`. */
export const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;
