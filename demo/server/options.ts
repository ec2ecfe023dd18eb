import { parseArgs } from 'node:util';

export interface StartOptions {
  /** Of the demo's page; the other servers use the next three. */
  port: number;
  /** Origins of pages that other servers serve, such as the development server of a framework. */
  origins: string[];
  deploymentId?: string;
}

const defaultPort = 8080;

const usage = `npm start -- [--port 8080] [--origin http://localhost:5173 …] [--deployment UUID]`;

/** Reads the options of `npm start`. Returns what is wrong with them as a text. @param portText from the environment */
export function readOptions(args: string[], portText?: string): StartOptions | string {
  try {
    const { values } = parseArgs({
      args,
      options: {
        port: { type: 'string' },
        origin: { type: 'string', multiple: true },
        deployment: { type: 'string' },
      },
    });
    const port = Number(values.port ?? portText ?? defaultPort);
    if (!Number.isInteger(port) || port < 1 || port > 65_531)
      return wrong('port', values.port ?? portText, '1 to 65531');
    const origins = values.origin ?? [];
    const other = origins.find((text) => !isOrigin(text));
    if (other !== undefined) return wrong('origin', other, 'an http or https origin, such as http://localhost:5173');
    const deploymentId = values.deployment;
    if (deploymentId === undefined) return { port, origins };
    return isUuid(deploymentId) ? { port, origins, deploymentId } : wrong('deployment', deploymentId, 'a UUID');
  } catch (error) {
    return `${error instanceof Error ? error.message : String(error)}\n${usage}`;
  }
}

const wrong = (name: string, found: string | undefined, wanted: string): string =>
  `${name} is ${String(found)}; expected: ${wanted}.\n${usage}`;

const isOrigin = (text: string): boolean => /^https?:$/.test(protocolOf(text)) && new URL(text).origin === text;

const protocolOf = (text: string): string => (URL.canParse(text) ? new URL(text).protocol : '');

const isUuid = (text: string): boolean => /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(text);
