const curlyQuotes = /[“”„‟‘’‚‛″′«»]/;

/** What stands in an example or a template in place of a value. */
const placeholders: readonly RegExp[] = [
  /\byour[-_ .]?(own[-_ ])?(client|deployment|tenant|domain|company|org|app|idp|provider|site|region|environment|issuer|id)(?![a-z])/i,
  /<[\w .-]+>|\{.+\}|\$\(|\[\[|__\w+__|%(?![\da-f]{2})\w+%|…|\.{3}/i,
  /^(todo|tbd|change-?me|replace-?me|insert[-_ ].*|placeholder|x{3,})$/i,
  /^[0x]{8}(-[0x]{4}){3}-[0x]{12}$/i,
  // As a whole: `CLIENT_ID`.
  /^[A-Z]+(_[A-Z]+)+$/,
];

/** Whether a value is still what an example or a template has. */
export const isPlaceholder = (value: string): boolean => placeholders.some((pattern) => pattern.test(value.trim()));

/** Word processors write them in place of straight quotes. */
export const hasCurlyQuotes = (value: string): boolean => curlyQuotes.test(value);
