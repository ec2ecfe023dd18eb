import { HttpError, isObject } from './http.js';

/** Validates the value of a switch. */
export interface Check {
  fits(value: unknown): boolean;
  /** Describes valid values, for the error message. */
  wanted: string;
}

export function oneOf(...values: readonly unknown[]): Check {
  return { fits: (value) => values.includes(value), wanted: values.map((value) => JSON.stringify(value)).join(', ') };
}

export const listOfText: Check = {
  fits: (value) => Array.isArray(value) && value.every((item) => typeof item === 'string'),
  wanted: 'a list of text',
};

export const listOfTextOrNull: Check = {
  fits: (value) => value === null || listOfText.fits(value),
  wanted: `${listOfText.wanted}, or null`,
};

const atLeastZero: Check = {
  fits: (value) => typeof value === 'number' && Number.isFinite(value) && value >= 0,
  wanted: 'a number, 0 or more',
};

const yesOrNo: Check = { fits: (value) => typeof value === 'boolean', wanted: 'true or false' };

/**
 * Validates a patch of switches.
 *
 * @param defaults all switches; the default's type is the check of a switch that is not in `checks`
 * @param checks for switches with more specific types
 * @throws {HttpError} 400 with the switch, its value and the valid values
 */
export function checkedPatch<T extends object>(
  patch: unknown,
  defaults: T,
  checks: Partial<Record<keyof T, Check>> = {},
): Partial<T> {
  if (!isObject(patch)) throw new HttpError(400, `Switches are an object, found ${show(patch)}.`);
  for (const [name, value] of Object.entries(patch)) {
    if (!Object.hasOwn(defaults, name)) {
      throw new HttpError(400, `There is no switch "${name}". There are: ${Object.keys(defaults).join(', ')}.`);
    }
    const key = name as keyof T;
    const check = checks[key] ?? checkByType(defaults[key]);
    if (!check.fits(value)) throw new HttpError(400, `"${name}" is ${show(value)}; wanted: ${check.wanted}.`);
  }
  return patch as Partial<T>;
}

function checkByType(example: unknown): Check {
  switch (typeof example) {
    case 'number':
      return atLeastZero;
    case 'boolean':
      return yesOrNo;
    default:
      return Array.isArray(example)
        ? listOfText
        : { fits: (value) => typeof value === typeof example, wanted: typeof example };
  }
}

function show(value: unknown): string {
  return JSON.stringify(value) ?? typeof value;
}
