import { css } from 'lit';

/** One column in a narrow place; in a wide one, the form beside what follows from it. */
export const setupStyles = css`
  :host {
    container-type: inline-size;
    color: var(--ink);
    font: 15px/1.5 var(--sans);
    text-align: start;
  }
  .setup {
    max-inline-size: 1240px;
    margin-inline: auto;
    padding: 28px 24px 48px;
  }
  header {
    max-inline-size: 66ch;
    margin-block-end: 20px;
  }
  h1,
  h2,
  h3 {
    margin: 0;
    line-height: 1.25;
    text-wrap: balance;
  }
  h1 {
    margin-block-end: 8px;
    font-size: 26px;
  }
  h2 {
    font-size: 17px;
  }
  h3 {
    font-size: 14px;
  }
  .columns,
  form,
  .results {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    align-content: start;
    gap: 16px;
  }
  .card {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 14px;
    min-inline-size: 0;
    margin: 0;
    padding: 16px 18px 18px;
    border: 1px solid var(--edge);
    border-radius: 12px;
    background: var(--surface);
  }
  /* Empty, it takes no row. */
  .status:not(:has(*)) {
    margin-block-end: -16px;
  }
  details.card {
    display: block;
  }
  .field {
    display: grid;
    gap: 4px;
  }
  label,
  legend,
  summary,
  dt {
    font-size: 14px;
    font-weight: 600;
  }
  .optional {
    color: var(--quiet);
    font-weight: 400;
  }
  input:not([type='checkbox'], [type='radio']),
  select,
  textarea {
    inline-size: 100%;
    min-block-size: 40px;
    padding: 6px 10px;
    border: 1px solid var(--neutral);
    border-radius: 8px;
    background: var(--surface);
    color: inherit;
    font: inherit;
    font-size: 15px;
  }
  input[type='checkbox'],
  input[type='radio'] {
    inline-size: 18px;
    min-block-size: 18px;
    block-size: 18px;
    margin: 3px 0 0;
    accent-color: var(--accent);
  }
  [aria-invalid='true'] {
    border-color: var(--bad);
    box-shadow: inset 0 0 0 1px var(--bad);
  }
  .fault {
    color: var(--bad);
    font-size: 13px;
    overflow-wrap: anywhere;
  }
  .choice {
    display: grid;
    grid-template-columns: 18px minmax(0, 1fr);
    gap: 8px;
    font-weight: 400;
    cursor: pointer;
  }
  fieldset {
    display: flex;
    flex-wrap: wrap;
    gap: 4px 18px;
    min-inline-size: 0;
    margin: 0;
    padding: 0;
    border: 0;
  }
  legend {
    padding: 0;
    margin-block-end: 4px;
  }
  summary {
    cursor: pointer;
    min-block-size: 24px;
  }
  details[open] > summary {
    margin-block-end: 14px;
  }
  details > div {
    display: grid;
    gap: 14px;
  }
  .steps {
    display: grid;
    gap: 12px;
  }
  .steps > div {
    display: grid;
    gap: 4px;
  }
  .todo {
    padding: 10px 14px;
    border-inline-start: 4px solid var(--warn);
    border-radius: 4px;
    background: var(--well);
    font-size: 14px;
  }
  @container (width >= 900px) {
    .columns {
      grid-template-columns: minmax(320px, 400px) minmax(0, 1fr);
      gap: 20px;
    }
  }
  @container (width < 480px) {
    .setup {
      padding: 16px 10px 32px;
    }
    .card {
      padding: 14px 12px 16px;
    }
    h1 {
      font-size: 22px;
    }
  }
  @media (forced-colors: active) {
    .todo {
      border-color: Highlight;
    }
    [aria-invalid='true'] {
      outline: 2px solid Mark;
    }
  }
`;
