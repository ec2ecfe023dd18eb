import type { Answer, Facts, Fetched } from '../facts.js';
import { failureText, hostOf, isAnswer } from '../facts.js';
import { readJsonObject } from '../read-json.js';
import { allOf, subject } from '../subject.js';
import type { Finding } from '../subject.js';

type Id =
  | 'deployment-unreachable'
  | 'deployment-missing'
  | 'deployment-region'
  | 'deployment-inactive'
  | 'deployment-authentication'
  | 'deployment-domain'
  | 'deployment-auto-start'
  | 'deployment-headless';

/** An entry allows a domain and its subdomains, in any letter case. An empty list allows none. */
function allowsHost({ allowAllDomains, allowedDomains }: Record<string, unknown>, host: string): boolean {
  if (allowAllDomains === true || !Array.isArray(allowedDomains)) return true;
  const name = host.toLowerCase();
  return allowedDomains.some((entry) => {
    const allowed = String(entry).toLowerCase();
    return name === allowed || name.endsWith(`.${allowed}`);
  });
}

const member = (value: unknown, ...path: readonly string[]): unknown =>
  path.reduce<unknown>((found, name) => (Object(found) as Record<string, unknown>)[name], value);

const isMissing = (fetched: Fetched | undefined): fetched is Answer => isAnswer(fetched) && fetched.status === 404;

function findingsIn({ deployment, config, page }: Facts): ReadonlyArray<Finding<Id>> {
  const { deploymentId, environment } = config!.genesys;
  const { domains, config: file, foundIn } = deployment!;
  if ([domains, file].some(isMissing)) {
    const found = `There is no deployment ${deploymentId} in environment ${environment}.`;
    if (foundIn === undefined) return [{ id: 'deployment-missing', found }];
    return [{ id: 'deployment-region', found: `${found} It is in ${foundIn}.`, hint: `Set environment="${foundIn}".` }];
  }
  const failed = [domains, file].find(
    (one) => one && (!isAnswer(one) || one.status !== 200 || !readJsonObject(one.body)),
  );
  if (failed) {
    const text = isAnswer(failed) ? `answered ${failed.status}` : failureText(failed);
    return [{ id: 'deployment-unreachable', found: `The configuration of the deployment ${text}.` }];
  }
  const host = page && new URL(page.url).hostname;
  const allowed = isAnswer(domains) ? readJsonObject(domains.body)! : {};
  const settings = isAnswer(file) ? readJsonObject(file.body)! : {};
  const headless = member(settings, 'headlessMode', 'enabled') === true;
  const autoStart = member(settings, 'messenger', 'apps', 'conversations', 'autoStart', 'enabled') === true;
  return allOf<Id>(
    host !== undefined &&
      !allowsHost(allowed, host) && {
        id: 'deployment-domain',
        found: `The deployment does not allow the domain ${host}.`,
      },
    settings['status'] === 'Inactive' && { id: 'deployment-inactive', found: 'The deployment is inactive.' },
    member(settings, 'auth', 'enabled') === false && {
      id: 'deployment-authentication',
      found: 'Authentication is off in the Messenger configuration of the deployment.',
    },
    headless &&
      (autoStart
        ? { id: 'deployment-auto-start', found: 'Headless mode and automatic start of conversations are both on.' }
        : { id: 'deployment-headless', found: 'Headless mode is on.' }),
  );
}

/** What is on, in words. */
function seen({ deployment, config }: Facts): string {
  const settings = isAnswer(deployment?.config) ? readJsonObject(deployment.config.body) : undefined;
  const stepUp = member(settings, 'auth', 'allowSessionUpgrade') === true;
  const { deploymentId, environment } = config!.genesys;
  return `no fault found in deployment ${deploymentId} of ${environment}; step-up is ${stepUp ? 'on' : 'off'}`;
}

export const deployment = subject<Id>({
  id: 'deployment',
  name: 'Messenger deployment',
  findings: {
    'deployment-unreachable': {
      why: 'Messenger reads this configuration first, and does not start without it.',
      hint: 'Check environment, the network, and what blocks requests to Genesys Cloud.',
    },
    'deployment-missing': {
      why: 'Messenger does not start, and reports no error.',
      hint: 'Copy deployment ID and environment from the snippet of the deployment.',
    },
    'deployment-region': {
      why: 'Each Genesys Cloud region has its own deployments.',
      hint: 'Set environment to that of the deployment.',
    },
    'deployment-inactive': {
      why: 'Messenger does not start on a page while its deployment is inactive.',
      hint: 'Set the deployment to active in Genesys Cloud (Admin, Message, Messenger Deployments).',
    },
    'deployment-authentication': {
      why: 'Without authentication Messenger has no Auth plugin, and nobody can be signed in.',
      hint: 'Enable authentication in the Messenger configuration, and select the OpenID Connect integration.',
    },
    'deployment-domain': {
      why: 'Messenger does not start on a domain that the deployment does not list.',
      hint: 'Add the domain to the allowed domains of the deployment.',
    },
    'deployment-auto-start': {
      why: 'A sign-in would start a conversation that nobody requested.',
      hint: 'Turn automatic start off in the Messenger configuration.',
    },
    'deployment-headless': {
      why: 'In headless mode, Messenger shows no window, so the page has to show its own.',
      hint: 'Turn headless mode off, unless the page shows its own window.',
      advice: true,
    },
  },
  examine(facts) {
    const { deployment: found, config, page } = facts;
    if (!config || !found) return { unknown: 'deployment and environment are not known' };
    const blocked = [found.domains, found.config].find((one) => one && !isAnswer(one) && one.failed === 'policy');
    if (blocked && !isAnswer(blocked))
      return { unknown: `the request to ${hostOf(config.genesys.configOrigin)} ${failureText(blocked)}` };
    if (page?.online === false) return { unknown: 'the browser is offline' };
    return { seen: seen(facts), findings: findingsIn(facts) };
  },
});
