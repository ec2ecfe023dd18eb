import { domainsOf, readEnvironment } from '../../core/environments.js';
import type { Facts } from '../facts.js';
import { failureText, hostOf, isAnswer } from '../facts.js';
import { isScriptType } from '../script-type.js';
import { allOf, subject } from '../subject.js';
import type { Finding } from '../subject.js';

type Id = 'script-unreachable' | 'script-status' | 'script-type' | 'script-region';

/** The script of a region talks to that region, whatever `environment` says. */
function regionFault({ config }: Facts): Finding<Id> | undefined {
  const { scriptUrl, environment } = config!.genesys;
  const domain = hostOf(scriptUrl).replace(/^apps\./, '');
  const other = domain === hostOf(scriptUrl) ? undefined : readEnvironment(domain);
  if (!other || !domainsOf(other).includes(domain) || other.name === environment) return undefined;
  return { id: 'script-region', found: `script-url is of ${other.name}, but environment is ${environment}.` };
}

function answerFault({ script, config }: Facts): Finding<Id> | undefined {
  const { scriptUrl } = config!.genesys;
  if (!script) return undefined;
  if (!isAnswer(script)) return { id: 'script-unreachable', found: `${scriptUrl} ${failureText(script)}.` };
  if (script.status !== 200) return { id: 'script-status', found: `${scriptUrl} answered ${script.status}.` };
  return isScriptType(script) ? undefined : { id: 'script-type', found: `${scriptUrl} is no JavaScript.` };
}

export const script = subject<Id>({
  id: 'script',
  name: 'Messenger script',
  findings: {
    'script-unreachable': {
      why: 'The element loads Messenger from this address, and fails with script-blocked or script-timeout.',
      hint: 'Check script-url and environment, and whether a firewall or proxy blocks Genesys Cloud.',
    },
    'script-status': {
      why: 'The address serves no script, so Messenger does not load.',
      hint: 'Leave script-url out: the address then follows from environment.',
    },
    'script-type': {
      why: 'Browsers run a script only if its Content-Type is a JavaScript type.',
      hint: 'Leave script-url out, or correct what the server sends from this address.',
    },
    'script-region': {
      why: 'A deployment exists in one region only.',
      hint: 'Leave script-url out: the address then follows from environment.',
    },
  },
  examine(facts) {
    const { config, broken = [], script: answer } = facts;
    if (!config || broken.includes('environment') || broken.includes('scriptUrl'))
      return { unknown: 'the address of the script is not known' };
    const region = regionFault(facts);
    if (!region && !answer) return { unknown: 'a page may not read it' };
    return { seen: config.genesys.scriptUrl, findings: allOf(region, answerFault(facts)) };
  },
});
