/** The options of the page's snippet. */
export interface SnippetConfig {
  deploymentId: string;
  environment?: string;
  /** Bus lines on the console, without secrets. */
  debug?: boolean;
}

/** `Genesys`, unless the snippet says otherwise. */
export function globalNameOf(globals: Record<string, unknown>): string {
  const name = globals['_genesysJs'];
  return typeof name === 'string' && name !== '' ? name : 'Genesys';
}

/** The snippet's function, or the plain object that some pages put in its place: both carry `c` and `q`. */
export function readSnippet(globals: Record<string, unknown>): SnippetConfig | undefined {
  const holder = globals[globalNameOf(globals)] as { c?: Partial<SnippetConfig> } | undefined;
  const config = holder?.c;
  if (typeof config?.deploymentId !== 'string' || config.deploymentId === '') return undefined;
  return { ...config, deploymentId: config.deploymentId };
}

/** Calls made before the script was there, oldest first; each is an `arguments` object or a list. */
export function snippetQueue(holder: unknown): ArrayLike<unknown>[] {
  const queue = (holder as { q?: unknown } | undefined)?.q;
  return Array.isArray(queue) ? (queue as ArrayLike<unknown>[]) : [];
}
