/** Environment variables that decide about colours. */
const colourVariables = ['NO_COLOR', 'FORCE_COLOR', 'NODE_DISABLE_COLORS', 'TERM', 'COLORTERM', 'CI'];

/** Runs the function with these environment variables about colours, and no others. */
export function withEnv(variables: Readonly<Record<string, string>>, run: () => void): void {
  const before = { ...process.env };
  for (const name of colourVariables) delete process.env[name];
  Object.assign(process.env, variables);
  try {
    run();
  } finally {
    for (const name of colourVariables) {
      if (before[name] === undefined) delete process.env[name];
      else process.env[name] = before[name];
    }
  }
}
