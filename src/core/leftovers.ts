/** What templates write for a value that they do not have, also as a part of a URL. */
const noValue = /(^|[/=])(undefined|null|None|NaN|\[object \w+\])(?=[/?&]|$)/;

/**
 * What templates and editors leave in a value: quotes that belong around it, placeholders of template languages and build
 * tools, characters that were escaped for HTML twice.
 */
const leftover =
  /^["'`\p{Pi}\p{Pf}„″]|["'`\p{Pi}\p{Pf}„″]$|[$#@%{]\{|\{%|\$\(|<[%?]|\[\[[a-z]|[{<][\w .-]+[}>]|%7b(%20|[\w.-])+%7d|%(?![\da-f]{2})\w+%|^(__\w+__$|\$\w)|&(#|\w+;)/iu;

export const isNoValue = (text: string): boolean => noValue.test(text.trim());

/** What some frameworks and templates write for a boolean that is off. */
export const isFalse = (text: string): boolean => text.trim().toLowerCase() === 'false' || isNoValue(text);

export const isLeftover = (text: string): boolean => noValue.test(text) || leftover.test(text);

/** Text that is sent as it is: also what was encoded for a URL. */
export const isLeftoverText = (text: string): boolean => isLeftover(text) || /%(25)*(2[0f]|3a|40)/i.test(text);

/** A URL: also an encoded or incomplete start of an absolute one, which would count as a relative one. */
export const isLeftoverUrl = (text: string): boolean => isLeftover(text) || /^https?(:(?!\/\/[^/\\])|%)|\\/i.test(text);
