import { readLauncherPosition, wordOf } from './launcher-position.js';
import type { LauncherPosition } from './messenger.js';

/** How a deployment wants its launcher, from its public configuration. */
export interface LauncherLook {
  readonly position: LauncherPosition;
  /** Background as `#rrggbb`. */
  readonly color: string;
  /** Colour of icon and text, which can be read on `color`. */
  readonly contentColor: string;
  /** Address of an image. Undefined: Messenger's own icon, or none. */
  readonly icon: string | undefined;
  readonly showIcon: boolean;
  /** The deployment's own text for a language. Undefined: none is written. */
  readonly text: (language: string) => string | undefined;
  readonly showText: boolean;
}

/** What is read of `config.json`. All of it may be missing, `null` or of another type. */
interface Deployment {
  readonly headlessMode?: { readonly enabled?: unknown } | null;
  readonly defaultLanguage?: unknown;
  readonly customI18nLabels?: unknown;
  readonly position?: unknown;
  readonly messenger?: {
    readonly enabled?: unknown;
    readonly styles?: { readonly primaryColor?: unknown } | null;
    readonly launcherButton?: {
      readonly visibility?: unknown;
      readonly displayType?: unknown;
      readonly icon?: { readonly url?: unknown } | null;
    } | null;
  } | null;
}

/** Longest text of a launcher in Genesys Cloud. */
const longestText = 20;

/**
 * The launcher of a deployment. Undefined where Messenger draws none: in headless mode, with Messenger off, and with
 * another visibility than `On`. What is missing or malformed is as Genesys Cloud's default.
 *
 * @see https://developer.genesys.cloud/commdigital/digital/webmessaging/
 */
export function readLauncherLook(deployment: unknown): LauncherLook | undefined {
  const { headlessMode, messenger, position, customI18nLabels, defaultLanguage } = Object(deployment) as Deployment;
  const { visibility, displayType, icon } = messenger?.launcherButton ?? {};
  const hidden = !['on', ''].includes(wordOf(visibility));
  if (hidden || headlessMode?.enabled === true || messenger?.enabled === false) return undefined;

  const display = wordOf(displayType);
  const showText = display === 'text' || display === 'iconandtext';
  const color = readColor(messenger?.styles?.primaryColor) ?? '#0165a7';
  return {
    position: readLauncherPosition(position),
    color,
    // White has a contrast of 4.5 on what is darker, and of 3, which suffices for an icon, up to 0.3.
    contentColor: luminance(color) > (showText ? 0.183 : 0.3) ? '#000' : '#fff',
    icon: readImage(icon?.url),
    showIcon: display !== 'text',
    text: (language) => readText(customI18nLabels, [language, wordOf(defaultLanguage)]),
    showText,
  };
}

/** `#rgb` or `#rrggbb`. Nothing else goes into a style. */
function readColor(color: unknown): string | undefined {
  const text = typeof color === 'string' ? color.trim().toLowerCase() : '';
  if (/^#[\da-f]{6}$/.test(text)) return text;
  return /^#[\da-f]{3}$/.test(text) ? text.replace(/[\da-f]/g, '$&$&') : undefined;
}

const readImage = (url: unknown): string | undefined =>
  typeof url === 'string' && /^https:\/\/[^\s"'\\()]+$/i.test(url) ? url : undefined;

/** 0…1. https://www.w3.org/TR/WCAG22/#dfn-relative-luminance */
function luminance(color: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const value = parseInt(color.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

interface Labels {
  readonly language?: unknown;
  readonly localizedLabels?: unknown;
}

const tagOf = ({ language }: Labels): string => wordOf(language);

const primaryOf = (tag: string): string | undefined => tag.split(/[-_]/)[0];

/** The text of the first language that has one: of the same tag, of its primary language, or of another region. */
function readText(labels: unknown, languages: readonly string[]): string | undefined {
  const all = listOf<Labels>(labels);
  const found = languages
    .map(wordOf)
    .flatMap((wanted) => [
      ...all.filter((each) => tagOf(each) === wanted),
      ...all.filter((each) => tagOf(each) === primaryOf(wanted)),
      ...all.filter((each) => primaryOf(tagOf(each)) === primaryOf(wanted)),
    ]);
  return found.map(launcherText).find((text) => text !== '');
}

function launcherText({ localizedLabels }: Labels): string {
  const label = listOf<{ key?: unknown; value?: unknown }>(localizedLabels).find(
    ({ key }) => key === 'MessengerLauncherButtonText',
  );
  const text = typeof label?.value === 'string' ? label.value.trim() : '';
  return [...text].slice(0, longestText).join('');
}

const listOf = <T extends object>(value: unknown): readonly T[] =>
  Array.isArray(value) ? value.filter((each): each is T => typeof each === 'object' && each !== null) : [];
