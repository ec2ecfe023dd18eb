/** The options of the Messenger snippet on the page. */
export interface SnippetConfig {
  deploymentId: string;
  environment?: string;
  /** Logs bus events to the console, with secrets redacted. Default: `false`. */
  debug?: boolean;
}

/** The name of the global function: `window._genesysJs`, else `Genesys`. */
export function globalNameOf(globals: Record<string, unknown>): string {
  const name = globals['_genesysJs'];
  return typeof name === 'string' && name !== '' ? name : 'Genesys';
}

/**
 * The options of the snippet; `undefined` without a snippet or without a deployment ID. The global is the snippet's
 * function, or a plain object on some pages: both have the properties `c` (options) and `q` (queue).
 */
export function readSnippet(globals: Record<string, unknown>): SnippetConfig | undefined {
  const holder = globals[globalNameOf(globals)] as { c?: Partial<SnippetConfig> } | undefined;
  const config = holder?.c;
  if (typeof config?.deploymentId !== 'string' || config.deploymentId === '') return undefined;
  return { ...config, deploymentId: config.deploymentId };
}

/** The calls made before the script ran, oldest first. Each one is an `arguments` object or an array. */
export function snippetQueue(holder: unknown): ArrayLike<unknown>[] {
  const queue = (holder as { q?: unknown } | undefined)?.q;
  return Array.isArray(queue) ? (queue as ArrayLike<unknown>[]) : [];
}
