import { attributeNames } from '../../doctor/attribute-names.js';

/** Attributes without a value. */
const flags: readonly string[] = ['debug', 'disable-pkce'];

/** Every attribute is an option. */
export const doctorOptions = {
  ...Object.fromEntries(
    attributeNames.map((name) => [name, { type: flags.includes(name) ? ('boolean' as const) : ('string' as const) }]),
  ),
  page: { type: 'string' as const },
  json: { type: 'boolean' as const },
  help: { type: 'boolean' as const },
};

/** The options as attributes of the tag. */
export const attributesOf = (values: Readonly<Record<string, unknown>>): Record<string, string> =>
  Object.fromEntries(
    attributeNames.flatMap((name) => {
      const value = values[name];
      return typeof value === 'string' ? [[name, value]] : value === true ? [[name, '']] : [];
    }),
  );

export const doctorHelp = `Usage: gc-auth-messenger doctor --page https://www.example.com/ [options]
       gc-auth-messenger doctor --authority … --client-id … [options]

Looks at everything that can be wrong on the page, the callback page, at the
provider and in the Messenger deployment.

  --page        page with the tag; its attributes are read from there
  --json        {"version": 1, "ok", "page", "checks": [{"id", "name", "ok",
                "found", "why", "hint", "link"}]}; ok is null where it cannot
                be known

Every attribute of the tag is an option, and takes the place of that of the
page: --deployment-id, --environment, --authority, --client-id,
--redirect-uri, …

Exit code 0: nothing is wrong; 1: something is; 2: it could not look.`;
