import { css } from 'lit';

/** The element itself, which shows nothing until a person is needed. */
export const hostStyles = css`
  :host {
    --_accent: var(--gc-accent-color, light-dark(#1f4fd8, #8fb0ff));
    --_surface: var(--gc-surface-color, light-dark(#fff, #1e222b));
    --_text: var(--gc-text-color, light-dark(#1b1f29, #f2f4f8));
    --_radius: var(--gc-radius, 14px);
    --_inset: var(--gc-inset, 20px);
    display: contents;
  }
  :host([hidden]) {
    display: none;
  }
`;

/**
 * Prompt and launcher. Messenger's launcher is 56 px wide and in the corner; the prompt is above it.
 *
 * - `.prompt` inherits nothing, so that nothing hides it or makes it unusable, such as `visibility` and `pointer-events`.
 * - Its side is that of the page's direction or of the deployment. Its own direction is that of its texts.
 * - `.aside` is beside Messenger's window, which is 426 px wide. Where that fills the screen, it is below the header and
 *   above the place to write.
 */
export const shownStyles = css`
  .prompt {
    all: initial;
    color-scheme: inherit;
  }
  .prompt,
  .launcher {
    position: fixed;
    z-index: 2147483000;
    box-sizing: border-box;
    font:
      400 15px/1.45 system-ui,
      sans-serif;
    box-shadow: 0 10px 34px rgb(10 16 32 / 0.22);
  }
  /* The side is that of the page's direction, or of the deployment; the prompt's own direction is that of its texts. */
  .prompt {
    --_side: var(--gc-inset, min(var(--_side-space, 20px), max(20px, 100vw - 340px)));
    --_bottom: calc(var(--gc-inset, min(var(--_bottom-space, 20px), 40vh)) + 72px);
    --_beside: 0px;
    --_x: calc(var(--_side) + var(--_beside) + env(safe-area-inset-right));
    right: var(--_x);
    bottom: calc(var(--_bottom) + env(safe-area-inset-bottom));
    display: grid;
    grid-template-columns: 1fr auto;
    gap: 12px;
    inline-size: min(320px, 100vw - var(--_x) - 20px);
    max-block-size: calc(100vh - var(--_bottom) - 8px);
    overflow-wrap: anywhere;
    padding: 16px;
    color: var(--_text);
    background: var(--_surface);
    border: 1px solid color-mix(in srgb, var(--_text) 14%, transparent);
    border-radius: var(--_radius);
  }
  /* Only here, because WebKit takes the negative margin of a button for something to scroll to. */
  @media (max-height: 480px) {
    .prompt {
      overflow: hidden auto;
    }
  }
  .left {
    right: auto;
    left: var(--_x);
  }
  .aside {
    --_beside: 426px;
    top: calc(var(--_inset) + env(safe-area-inset-top));
    bottom: auto;
  }
  @media (max-width: 600px) {
    .aside {
      --_beside: 0px;
      top: calc(80px + env(safe-area-inset-top));
    }
  }
  .message {
    margin: 0;
    align-self: center;
    text-wrap: pretty;
  }
  button {
    font: inherit;
    cursor: pointer;
    border: 0;
    border-radius: calc(var(--_radius) - 5px);
  }
  button:focus-visible {
    outline: 3px solid var(--_accent);
    outline-offset: 2px;
  }
  .button {
    grid-column: 1 / -1;
    min-block-size: 44px;
    padding: 10px 16px;
    font-weight: 600;
  }
  .button,
  .launcher {
    color: light-dark(#fff, #10131a);
    background: var(--_accent);
  }
  .storage-access {
    position: absolute;
    inline-size: 0;
    block-size: 0;
    border: 0;
    visibility: hidden;
  }
  .storage-access.ready {
    position: static;
    grid-column: 1 / -1;
    inline-size: 100%;
    block-size: 44px;
    visibility: visible;
  }
  .dismiss {
    inline-size: 36px;
    block-size: 36px;
    margin: -6px;
    color: inherit;
    background: none;
    opacity: 0.75;
  }
  .dismiss:hover {
    opacity: 1;
  }
  .waiting {
    grid-template-columns: 1fr 1fr;
  }
  .waiting .message {
    grid-column: 1 / -1;
    order: -1;
  }
  .waiting::before {
    content: '';
    grid-column: 1 / -1;
    block-size: 4px;
    border-radius: 2px;
    background: color-mix(in srgb, var(--_accent) 28%, transparent);
  }
  .waiting button {
    grid-column: auto;
    inline-size: auto;
    block-size: auto;
    min-block-size: 44px;
    margin: 0;
    opacity: 1;
  }
  .waiting .dismiss {
    border: 1px solid color-mix(in srgb, var(--_text) 40%, transparent);
  }
  .launcher {
    display: flex;
    align-items: center;
    justify-content: center;
    gap: 8px;
    min-inline-size: 56px;
    block-size: 56px;
    padding: 0;
    font-weight: 600;
    border-radius: 28px;
  }
  .launcher:not([aria-label]) {
    padding-inline: 20px;
  }
  .launcher[aria-busy='true'] {
    cursor: progress;
  }
  .launcher[aria-busy='true']::after {
    content: '';
    position: absolute;
    inset: 3px;
    border: 3px solid;
    border-radius: inherit;
  }
  svg {
    fill: none;
    stroke: currentcolor;
    stroke-width: 2;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  .bubble {
    fill: currentcolor;
    stroke: none;
  }
  @keyframes rise {
    from {
      opacity: 0;
      transform: translateY(8px);
    }
  }
  @keyframes pulse {
    to {
      opacity: 0.2;
    }
  }
  @keyframes sway {
    to {
      background-position: 100%;
    }
  }
  @media (prefers-reduced-motion: no-preference) {
    .prompt {
      animation: rise 0.18s ease-out;
    }
    .launcher[aria-busy='true']::after {
      animation: pulse 0.8s ease-in-out infinite alternate;
    }
    .waiting::before {
      background: linear-gradient(var(--_accent) 0 0) 0 / 40% no-repeat
        color-mix(in srgb, var(--_accent) 28%, transparent);
      animation: sway 1s ease-in-out infinite alternate;
    }
  }
  @media (forced-colors: active) {
    button {
      border: 1px solid;
    }
    .waiting::before {
      background: Highlight;
    }
  }
`;
