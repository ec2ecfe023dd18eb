import { css } from 'lit';

/** The frame of the inspector: head, overview, tabs and one panel. One column in a narrow place, two in a wide one. */
export const inspectorStyles = css`
  :host {
    container-type: inline-size;
    color: var(--ink);
    font: 14px/1.45 var(--sans);
    text-align: start;
  }
  .inspector {
    border: 1px solid var(--edge);
    border-radius: 12px;
    background: var(--surface);
  }
  .head {
    display: flex;
    flex-wrap: wrap;
    align-items: start;
    justify-content: space-between;
    gap: 10px 16px;
    padding: 14px 16px;
  }
  .state {
    flex: 1 1 190px;
  }
  .actions {
    display: flex;
    align-items: center;
    gap: 8px;
  }
  .overview {
    display: grid;
    gap: 16px;
    padding: 0 16px 16px;
  }
  .tabs {
    display: flex;
    overflow-x: auto;
    padding-inline: 8px;
    border-block: 1px solid var(--edge);
    scrollbar-width: none;
  }
  .tab {
    flex: none;
    min-block-size: 40px;
    padding: 4px 9px;
    border: 0;
    border-block-end: 2px solid transparent;
    border-radius: 0;
    background: none;
    color: var(--quiet);
  }
  .tab:hover {
    color: var(--ink);
  }
  .tab:focus-visible {
    outline-offset: -3px;
  }
  .tab[aria-selected='true'] {
    border-color: var(--accent);
    color: var(--ink);
  }
  .count {
    margin-inline-start: 3px;
    padding: 1px 6px;
    border-radius: 9px;
    background: var(--well);
    color: var(--quiet);
    font-size: 11px;
    font-variant-numeric: tabular-nums;
  }
  .panel {
    overflow: auto;
    block-size: var(--gc-inspector-panel-size, 320px);
    padding: 10px 16px 14px;
    border-radius: 0 0 12px 12px;
  }
  .panel:focus-visible {
    outline-offset: -3px;
  }
  .copied {
    padding: 0 16px 14px;
  }
  textarea {
    inline-size: 100%;
    block-size: 120px;
    padding: 8px 10px;
    border: 1px solid var(--edge);
    border-radius: 8px;
    background: var(--well);
    color: inherit;
    font: 12px/1.5 var(--mono);
  }
  @container (width < 400px) {
    .head,
    .overview,
    .panel,
    .copied {
      padding-inline: 12px;
    }
    .tabs {
      padding-inline: 2px;
    }
    .tab {
      padding-inline: 7px;
      font-size: 13px;
    }
    .count {
      padding-inline: 5px;
    }
  }
  @media (forced-colors: active) {
    .tab[aria-selected='true'] {
      border-color: Highlight;
    }
  }
`;
