import { css } from 'lit';

/** One second is a fraction of the window's width, so that everything is placed in seconds. */
export const chartStyles = css`
  .head {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: 12px;
    margin-block-end: 6px;
  }
  select {
    min-block-size: 28px;
    padding: 2px 8px;
    font-size: 12px;
  }
  .chart {
    display: grid;
    grid-template: repeat(4, 26px) auto / auto minmax(0, 1fr);
    column-gap: 10px;
    direction: ltr;
  }
  .lane {
    align-self: center;
    grid-column: 1;
  }
  .window {
    grid-area: 1 / 2 / 5;
    position: relative;
    overflow: hidden;
    container-type: inline-size;
    border-radius: 8px;
    background:
      repeating-linear-gradient(transparent 0 25px, var(--edge) 25px 26px) 0 0 / 100% 78px no-repeat,
      var(--well);
  }
  .clip {
    position: absolute;
    inset: 0 auto 0 0;
    inline-size: calc(var(--past) * 100%);
    overflow: hidden;
  }
  .moving {
    --second: calc(100cqi / var(--total));
    position: absolute;
    inset-block: 0;
    left: 100%;
    transform: translateX(calc(var(--now) * -1 * var(--second)));
  }
  .ahead {
    left: calc(var(--past) * 100%);
  }
  .now {
    position: absolute;
    inset: 0 auto 0 calc(var(--past) * 100%);
    inline-size: 1.5px;
    background: var(--ink);
  }
  .segment,
  .mark {
    position: absolute;
    top: calc(var(--lane) * 26px + 5px);
    left: calc(var(--from) * var(--second));
    forced-color-adjust: none;
  }
  .segment {
    block-size: 16px;
    inline-size: max(4px, calc(var(--for) * var(--second) - 1px));
    overflow: hidden;
    container-type: inline-size;
    border-radius: 4px;
    background: var(--tone);
    color: light-dark(#fff, #10151a);
    font-size: 11px;
    font-weight: 600;
    line-height: 16px;
    white-space: nowrap;
  }
  .segment > span {
    padding-inline: 6px;
  }
  /* A label that does not fit is not shown. */
  @container (width < 52px) {
    .segment > span {
      display: none;
    }
  }
  .segment[data-lane='2'] {
    border: 1.5px solid var(--tone);
    background: color-mix(in srgb, var(--tone) 16%, var(--surface));
    color: var(--tone);
    line-height: 13px;
  }
  .mark {
    inline-size: 9px;
    block-size: 9px;
    margin: 3px 0 0 -5px;
    border: 2px solid var(--tone);
    border-radius: 50%;
    background: var(--well);
  }
  .mark:is([data-tone='bad'], [data-tone='person']) {
    border-radius: 1px;
    transform: rotate(45deg);
  }
  .mark[data-tone='bad'] {
    background: var(--tone);
  }
  .axis {
    grid-area: 5 / 2;
    position: relative;
    block-size: 18px;
    font-size: 11px;
  }
  .axis span {
    position: absolute;
    top: 3px;
  }
  .axis span:nth-child(2) {
    left: calc(var(--past) * 50%);
    transform: translateX(-50%);
  }
  .axis span:nth-child(3) {
    left: calc(var(--past) * 100%);
    transform: translateX(-50%);
  }
  .axis span:nth-child(4) {
    right: 0;
  }
  @container (width < 400px) {
    .axis span:nth-child(4) {
      display: none;
    }
  }
  @media (prefers-reduced-motion: no-preference) {
    .moving {
      transition: transform 1s linear;
    }
  }
  @media (forced-colors: active) {
    .window {
      border: 1px solid;
    }
    .now {
      background: CanvasText;
    }
  }
`;
