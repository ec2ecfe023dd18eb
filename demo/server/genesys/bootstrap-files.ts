import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { HttpError } from '../http.js';
import { sessionSeconds } from './frames.js';
import type { Deployment } from './deployments.js';

/** The script served as `genesys.min.js`: the built stand-in. */
export async function bootstrapScript(distDir: string): Promise<Buffer> {
  return readFile(join(distDir, 'testing', 'genesys-stand-in.js')).catch(() => {
    throw new HttpError(404, 'dist/testing/genesys-stand-in.js is missing: run "npm run build" first.');
  });
}

export function domainsFile({ settings }: Deployment): unknown {
  const { allowedDomains } = settings.server;
  return { allowAllDomains: allowedDomains === null, allowedDomains: allowedDomains ?? [] };
}

/** `config.json` of a deployment. `standIn` is an addition: the switches for the browser. */
export function configFile({ id, settings }: Deployment, origin: string): unknown {
  const { status, authEnabled, allowSessionUpgrade, headless, autoStart, ...look } = settings.server;
  return {
    id,
    version: '1',
    status,
    languages: ['en-us'],
    defaultLanguage: 'en-us',
    apiEndpoint: origin,
    auth: { enabled: authEnabled, allowSessionUpgrade },
    headlessMode: { enabled: headless },
    position: { alignment: look.alignment, sideSpace: look.sideSpace, bottomSpace: look.bottomSpace },
    ...(look.launcherText && { customI18nLabels: [launcherLabel(look.launcherText)] }),
    messenger: {
      enabled: true,
      styles: { primaryColor: look.primaryColor },
      launcherButton: { visibility: look.launcherVisibility, displayType: look.launcherDisplay },
      apps: {
        conversations: {
          messagingEndpoint: origin.replace(/^http/, 'ws'),
          autoStart: { enabled: autoStart },
          conversationClear: { enabled: true },
          conversationDisconnect: { enabled: false },
          sessionDurationSeconds: sessionSeconds,
        },
      },
    },
    standIn: settings.browser,
  };
}

const launcherLabel = (value: string): unknown => ({
  language: 'en-us',
  localizedLabels: [{ key: 'MessengerLauncherButtonText', value }],
});
