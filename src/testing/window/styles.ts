/** A constructed style sheet: a strict CSP blocks style attributes and inline style sheets, but not this one. */
export function styleSheet(): CSSStyleSheet {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  return sheet;
}

const css = `
:host {
  --accent: #2348c5;
  --accent-strong: #1a37a0;
  --on-accent: #fff;
  --surface: #fff;
  --surface-sunken: #f6f7fa;
  --bubble: #eceef4;
  --text: #1b2030;
  --text-muted: #5a6275;
  --line: #e0e3eb;
  --notice: #eef2ff;
  --notice-text: #1f3483;
  --alert: #fff4dc;
  --alert-text: #6a4300;
  --shadow: 0 12px 40px rgb(20 27 50 / 22%), 0 2px 8px rgb(20 27 50 / 12%);
  all: initial;
  position: fixed;
  inset-block-end: 0;
  inset-inline-end: 0;
  z-index: 99999999;
  color: var(--text);
  color-scheme: light;
  font: 400 15px/1.45 system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif;
}
:host([hidden]), [hidden] { display: none !important; }
*, *::before, *::after { box-sizing: border-box; }
button { font: inherit; cursor: pointer; border: 0; }
p, h2 { margin: 0; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
.icon { display: block; inline-size: 24px; block-size: 24px; fill: currentColor; }
.visually-hidden { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }

.launcher {
  position: fixed;
  inset-block-end: calc(var(--bottom-space) + 12px);
  right: calc(var(--side-space) + 8px);
  display: flex;
  align-items: center;
  justify-content: center;
  gap: 8px;
  min-inline-size: 56px;
  block-size: 56px;
  padding: 0;
  border-radius: 28px;
  color: #fff;
  background: var(--launcher-color);
  box-shadow: 0 6px 20px rgb(20 27 50 / 28%), 0 1px 4px rgb(20 27 50 / 20%);
  transition: filter 150ms;
}
.launcher:hover { filter: brightness(1.12); }
.launcher.with-text { padding-inline: 20px; font-weight: 600; }
:host(.left) .launcher, :host(.left) .window { right: auto; left: calc(var(--side-space) + 8px); }
.icons { display: grid; place-items: center; }
.launcher .icon { inline-size: 28px; block-size: 28px; grid-area: 1 / 1; transition: opacity 150ms, transform 150ms; }
.launcher[aria-expanded='true'] .icon-chat, .launcher[aria-expanded='false'] .icon-minimise { opacity: 0; transform: scale(0.6); }

.window {
  position: fixed;
  inset-block-end: calc(var(--bottom-space) + 80px);
  right: calc(var(--side-space) + 8px);
  display: grid;
  grid-template-rows: auto auto 1fr auto;
  inline-size: 360px;
  block-size: min(560px, 100dvh - 100px - var(--bottom-space));
  overflow: hidden;
  border-radius: 16px;
  background: var(--surface);
  box-shadow: var(--shadow);
  animation: rise 180ms ease-out;
}
@keyframes rise { from { opacity: 0; transform: translateY(12px); } }

.header {
  display: flex;
  align-items: center;
  gap: 12px;
  padding: 14px 12px 14px 16px;
  color: var(--on-accent);
  background: linear-gradient(135deg, var(--accent), var(--accent-strong));
}
.avatar { display: grid; place-items: center; flex: none; inline-size: 38px; block-size: 38px; border-radius: 50%; background: rgb(255 255 255 / 18%); }
.avatar .icon { inline-size: 20px; block-size: 20px; }
.titles { flex: 1; min-inline-size: 0; }
h2 { font-size: 16px; font-weight: 600; line-height: 1.3; }
.who { overflow: hidden; font-size: 13px; text-overflow: ellipsis; white-space: nowrap; opacity: 0.9; }
.close { display: grid; place-items: center; inline-size: 36px; block-size: 36px; padding: 0; border-radius: 50%; color: inherit; background: transparent; }
.close:hover { background: rgb(255 255 255 / 16%); }
.close:focus-visible { outline-color: var(--on-accent); }
.close .icon { inline-size: 20px; block-size: 20px; }

.notice {
  grid-row: 2;
  display: flex;
  flex-wrap: wrap;
  align-items: center;
  gap: 6px 10px;
  min-block-size: 44px;
  padding: 6px 16px;
  font-size: 14px;
  color: var(--notice-text);
  background: var(--notice);
}
.notice[role='alert'] { color: var(--alert-text); background: var(--alert); }
.notice-text { flex: 1; }
.notice-button { padding: 6px 12px; border-radius: 999px; font-size: 13px; font-weight: 600; color: var(--on-accent); background: var(--accent); }
.notice-button:hover { background: var(--accent-strong); }
.spinner { inline-size: 16px; block-size: 16px; border: 2px solid currentColor; border-inline-end-color: transparent; border-radius: 50%; animation: rotate 900ms linear infinite; }
@keyframes rotate { to { transform: rotate(1turn); } }

.transcript { grid-row: 3; overflow-y: auto; overscroll-behavior: contain; padding: 16px; background: var(--surface-sunken); }
.transcript:focus-visible { outline-offset: -3px; }
.welcome { padding: 28px 12px; text-align: center; font-size: 14px; color: var(--text-muted); }
.welcome-title { margin-block-end: 4px; font-size: 17px; font-weight: 600; color: var(--text); }
.messages { display: flex; flex-direction: column; gap: 10px; }
.message { position: relative; display: flex; flex-direction: column; align-items: flex-start; max-inline-size: 84%; }
.message.from-person { align-self: flex-end; align-items: flex-end; }
.bubble { padding: 9px 13px; border-radius: 16px; border-end-start-radius: 5px; overflow-wrap: anywhere; white-space: pre-wrap; background: var(--bubble); }
.from-person .bubble { border-radius: 16px; border-end-end-radius: 5px; color: var(--on-accent); background: var(--accent); }
.pending .bubble { opacity: 0.75; }
.time { padding-inline: 4px; margin-block-start: 2px; font-size: 12px; color: var(--text-muted); }

.composer { grid-row: 4; display: flex; align-items: flex-end; gap: 8px; padding: 10px 12px max(10px, env(safe-area-inset-bottom)); border-block-start: 1px solid var(--line); background: var(--surface); }
textarea {
  flex: 1;
  min-inline-size: 0;
  max-block-size: 120px;
  padding: 9px 14px;
  resize: none;
  field-sizing: content;
  border: 1px solid var(--line);
  border-radius: 20px;
  color: inherit;
  background: var(--surface-sunken);
  font: inherit;
}
textarea::placeholder { color: var(--text-muted); opacity: 1; }
textarea:focus-visible { outline-offset: 0; }
.send { display: grid; place-items: center; flex: none; inline-size: 40px; block-size: 40px; padding: 0; border-radius: 50%; color: var(--on-accent); background: var(--accent); transition: background-color 150ms; }
.send:hover { background: var(--accent-strong); }
.send[aria-disabled='true'] { color: var(--text-muted); background: var(--bubble); cursor: default; }
.send .icon { inline-size: 20px; block-size: 20px; }
:host(:dir(rtl)) .icon-send { transform: scaleX(-1); }

@media (prefers-color-scheme: dark) {
  :host {
    --accent: #8fa8ff;
    --accent-strong: #b0c1ff;
    --on-accent: #0e1530;
    --surface: #1b1f2b;
    --surface-sunken: #141721;
    --bubble: #2a3040;
    --text: #eceef5;
    --text-muted: #a3abbd;
    --line: #323949;
    --notice: #232b45;
    --notice-text: #c9d5ff;
    --alert: #40320f;
    --alert-text: #ffdf9c;
    --shadow: 0 12px 40px rgb(0 0 0 / 60%), 0 0 0 1px #323949;
    color-scheme: dark;
  }
  .header { color: var(--text); background: #242b40; }
  .avatar { background: var(--accent); color: var(--on-accent); }
  .close:hover { background: rgb(255 255 255 / 10%); }
}
@media (max-width: 600px) {
  :host .window, :host(.left) .window { inset: 0; inline-size: 100%; block-size: 100dvh; border-radius: 0; }
  .header { padding-block-start: max(14px, env(safe-area-inset-top)); }
  .launcher[aria-expanded='true'] { display: none; }
  /* iOS zooms in on a focused input with a font smaller than 16 px. */
  textarea { font-size: 16px; }
}
@media (prefers-reduced-motion: reduce) {
  *, *::before, *::after { animation-duration: 1ms !important; transition: none !important; }
  .spinner { animation: none; border-inline-end-color: currentColor; opacity: 0.6; }
}
@media (forced-colors: active) {
  .window, .launcher, .bubble, .send, .notice-button { border: 1px solid ButtonText; }
}
`;
