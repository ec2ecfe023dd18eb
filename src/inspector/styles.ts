import { css } from 'lit';

/** Colours and type of the inspector. They are inherited by its sections, and follow the page's `color-scheme`. */
export const theme = css`
  :host {
    --surface: light-dark(#fff, #14181d);
    --well: light-dark(#f1f4f7, #1e242b);
    --edge: light-dark(#dbe1e8, #303944);
    --ink: light-dark(#17202a, #e8edf3);
    --quiet: light-dark(#52606d, #a3b0bd);
    --accent: light-dark(#1f4fd8, #8fb0ff);
    --neutral: light-dark(#5a6875, #a3b0bd);
    --busy: light-dark(#2159b8, #8db9ff);
    --good: light-dark(#16693f, #6fd39c);
    --renew: light-dark(#0b6a72, #63cfd8);
    --warn: light-dark(#8a5200, #f3bd5d);
    --person: light-dark(#a8410f, #ff9f6b);
    --bad: light-dark(#b3202c, #ff8b8b);
    --sans: -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Liberation Sans', Arial, sans-serif;
    --mono: ui-monospace, 'SF Mono', 'Cascadia Code', Menlo, Consolas, 'Liberation Mono', monospace;
  }
`;

/** What all sections have in common. */
export const basics = css`
  :host {
    display: block;
    min-inline-size: 0;
  }
  :host([hidden]),
  [hidden] {
    display: none;
  }
  * {
    box-sizing: border-box;
  }
  p,
  ol,
  ul,
  dl,
  dd {
    margin: 0;
    padding: 0;
    list-style: none;
  }
  .quiet {
    color: var(--quiet);
    font-size: 12px;
    overflow-wrap: anywhere;
  }
  .number {
    font-family: var(--mono);
    font-variant-numeric: tabular-nums;
    white-space: nowrap;
  }
  .empty {
    padding-block: 20px;
    color: var(--quiet);
    text-align: center;
    text-wrap: balance;
  }
  button,
  input,
  select {
    font: inherit;
    color: inherit;
  }
  button,
  select,
  input {
    min-block-size: 32px;
    padding: 4px 12px;
    border: 1px solid var(--edge);
    border-radius: 8px;
    background: var(--surface);
  }
  button {
    font-size: 13px;
    font-weight: 600;
    cursor: pointer;
    white-space: nowrap;
  }
  :is(button, select, input):hover {
    border-color: var(--quiet);
  }
  :focus-visible {
    outline: 2px solid var(--accent);
    outline-offset: 2px;
  }
  [data-tone='neutral'] {
    --tone: var(--neutral);
  }
  [data-tone='busy'] {
    --tone: var(--busy);
  }
  [data-tone='good'] {
    --tone: var(--good);
  }
  [data-tone='renew'] {
    --tone: var(--renew);
  }
  [data-tone='warn'] {
    --tone: var(--warn);
  }
  [data-tone='person'] {
    --tone: var(--person);
  }
  [data-tone='bad'] {
    --tone: var(--bad);
  }
  /* A form for each tone, for those who cannot tell the colours apart. */
  .sign {
    flex: none;
    inline-size: 9px;
    block-size: 9px;
    border: 2px solid var(--tone);
    border-radius: 50%;
    forced-color-adjust: none;
  }
  :is([data-tone='good'], [data-tone='renew']) > .sign {
    background: var(--tone);
  }
  :is([data-tone='bad'], [data-tone='person'], [data-tone='warn']) > .sign {
    border-radius: 1px;
    transform: rotate(45deg);
  }
  [data-tone='bad'] > .sign {
    background: var(--tone);
  }
`;

/** A list of records, one a line: time, sign, text. */
export const listStyles = css`
  li {
    display: grid;
    grid-template-columns: 62px 9px minmax(0, 1fr);
    gap: 0 12px;
    align-items: baseline;
    padding-block: 7px;
  }
  li + li {
    border-block-start: 1px solid var(--edge);
  }
  time {
    color: var(--quiet);
    font: 12px/1.5 var(--mono);
    font-variant-numeric: tabular-nums;
  }
  .title {
    color: var(--tone);
    font-weight: 600;
    overflow-wrap: anywhere;
  }
  [data-tone='neutral'] .title {
    color: var(--ink);
    font-weight: 400;
  }
  .hint {
    font-size: 13px;
    overflow-wrap: anywhere;
  }
`;
