import { HttpError, isObject } from './http.js';

/** Says whether a value fits a switch, and in words what would. */
export interface Check {
  fits(value: unknown): boolean;
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
 * A patch of switches with nothing in it that the switches do not know.
 *
 * @param defaults name the switches; a switch without a check of its own takes the type of its default.
 * @param checks for switches whose type says more than their default shows.
 * @throws {HttpError} 400 naming the switch, what was found and what is wanted
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
