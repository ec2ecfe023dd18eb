const curlyQuotes = /[“”„‟‘’‚‛″′«»]/;

/** What stands in an example or a template in place of a value. */
const placeholders: readonly RegExp[] = [
  /\byour[-_ .]?(own[-_ ])?(client|deployment|tenant|domain|company|org|app|idp|provider|site|region|environment|issuer|id)(?![a-z])/i,
  // Braces alone are a value too, for example of the parameter `claims`, which is JSON.
  /[{<][\w .-]+[}>]|[$#@%{]\{|\{%|<[%?]|\$\(|\[\[|__\w+__|%(?![\da-f]{2})\w+%|^\$\w|…|\.{3}/i,
  /^(todo|tbd|change-?me|replace-?me|insert[-_ ].*|placeholder|x{3,})$/i,
  /^[0x]{8}(-[0x]{4}){3}-[0x]{12}$/i,
  // Words in capitals name what belongs there: `CLIENT_ID`, `YOUR_CLIENT`. A client of Keycloak may be named `WEB_CLIENT`.
  /^(?=[A-Z_]+$)((YOUR|INSERT|REPLACE|ENTER|PUT|TODO)_|.*_(ID|UUID|GUID|URI|URL|HERE|VALUE|DOMAIN|HOST|ISSUER|REGION|ENVIRONMENT|AUTHORITY)$)/,
];

/** Whether a value is still what an example or a template has. */
export const isPlaceholder = (value: string): boolean => placeholders.some((pattern) => pattern.test(value.trim()));

/** Word processors write them in place of straight quotes. */
export const hasCurlyQuotes = (value: string): boolean => curlyQuotes.test(value);
