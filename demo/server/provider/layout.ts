import { escapeHtml } from '../http.js';

/** `title` and `lead` are text; `body` is markup. */
export interface Page {
  title: string;
  lead?: string;
  body?: string;
}

/** A card in the middle of the page; in a narrow window it fills the page. */
export function renderPage({ title, lead, body = '' }: Page): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${escapeHtml(title)} · Northwind ID</title>
<style>${styles}</style>
</head>
<body>
<main>
<p class="brand">${mark}<span>Northwind ID</span></p>
<h1>${escapeHtml(title)}</h1>
${lead === undefined ? '' : `<p class="lead">${escapeHtml(lead)}</p>`}
${body}
</main>
<p class="foot">A local OpenID provider for the demo and the tests, with two accounts.</p>
</body>
</html>
`;
}

const mark = `<svg viewBox="0 0 32 32" width="28" height="28" aria-hidden="true">
<rect width="32" height="32" rx="9" fill="var(--accent)"/>
<path d="M16 26V11m0 15c0-5 3-8 8-8.5-.3 5-3 8.5-8 8.5Zm0-5c0-5-3-8-8-8.5.3 5 3 8.5 8 8.5Zm0-10a3 3 0 1 0 0-.01Z"
 fill="none" stroke="var(--on-accent)" stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round"/>
</svg>`;

const styles = `
:root {
  color-scheme: light dark;
  --accent: #1f6b52; --accent-strong: #17533f; --on-accent: #fff;
  --page: #eef2ef; --card: #fff; --text: #16211c; --quiet: #55645c; --line: #c3cec8; --edge: #7a8981; --field: #fff;
  --chip: #f2f6f3; --alert: #9c2121; --alert-page: #fdf0ef; --ring: #1f6b5255;
}
@media (prefers-color-scheme: dark) {
  :root {
    --accent: #6fcaa6; --accent-strong: #8ad9ba; --on-accent: #07251b;
    --page: #0e1512; --card: #17211c; --text: #e9f1ec; --quiet: #a3b3aa; --line: #3a4a42; --edge: #71847a; --field: #101814;
    --chip: #1f2b25; --alert: #ffb4ab; --alert-page: #3a1d1b; --ring: #6fcaa655;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0; min-height: 100vh; min-height: 100dvh; padding: 24px 16px;
  display: flex; flex-direction: column; align-items: center; justify-content: center; gap: 16px;
  background: var(--page); color: var(--text);
  font: 16px/1.5 system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', sans-serif;
}
main {
  width: 100%; max-width: 400px; padding: 32px; background: var(--card);
  border: 1px solid color-mix(in srgb, var(--line) 55%, transparent); border-radius: 18px;
  box-shadow: 0 1px 2px #0000000d, 0 12px 32px #00000014;
}
.brand { display: flex; align-items: center; gap: 10px; margin: 0 0 24px; font-weight: 600; }
h1 { margin: 0; font-size: 1.5rem; line-height: 1.25; letter-spacing: -0.01em; }
.lead { margin: 6px 0 0; color: var(--quiet); }
form { margin: 24px 0 0; display: grid; gap: 16px; }
label { display: grid; gap: 6px; font-size: 0.875rem; font-weight: 600; }
input {
  width: 100%; min-height: 46px; padding: 10px 12px; border: 1px solid var(--edge); border-radius: 10px;
  background: var(--field); color: inherit; font: inherit; font-size: 1rem; font-weight: 400;
}
input:focus-visible, button:focus-visible { outline: 3px solid var(--ring); outline-offset: 1px; border-color: var(--accent); }
button { min-height: 46px; border-radius: 10px; border: 1px solid transparent; font: inherit; cursor: pointer; }
.primary { margin-top: 4px; background: var(--accent); color: var(--on-accent); font-weight: 600; }
.primary:hover { background: var(--accent-strong); }
.alert {
  margin: 20px 0 0; padding: 10px 14px; border-radius: 10px; background: var(--alert-page); color: var(--alert);
  font-size: 0.9375rem;
}
.people { margin: 24px 0 0; padding: 20px 0 0; border: 0; border-top: 1px solid var(--line); }
.people > legend { float: left; width: 100%; margin-bottom: 10px; padding: 0; font-size: 0.875rem; color: var(--quiet); }
.people > div { clear: both; display: grid; grid-template-columns: 1fr 1fr; gap: 10px; }
.person {
  display: flex; align-items: center; gap: 10px; padding: 8px 10px; text-align: start;
  background: var(--chip); border-color: var(--line); color: inherit; font-size: 0.9375rem; line-height: 1.25;
}
.person:hover { border-color: var(--accent); }
.person b {
  flex: none; display: grid; place-items: center; width: 30px; height: 30px; border-radius: 50%;
  background: var(--accent); color: var(--on-accent); font-size: 0.75rem;
}
.foot { margin: 0; max-width: 400px; color: var(--quiet); font-size: 0.8125rem; text-align: center; }
code { font-family: ui-monospace, 'SF Mono', Menlo, Consolas, monospace; font-size: 0.9em; }
@media (max-width: 520px) {
  body { justify-content: flex-start; padding: 12px; }
  main { padding: 24px 20px; }
}
@media (forced-colors: active) { .primary, .person, main { border-color: CanvasText; } }
`;
