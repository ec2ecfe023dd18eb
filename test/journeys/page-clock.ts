/** Script for a page: `shiftClock(ms)` sets its clock that far ahead of the real one, or behind it, until a reload. */
export const pageClock = `
  window.shiftClock = (offset) => {
    const { now } = (window.unshiftedDate ??= Date);
    const shifted = () => now() + offset;
    window.Date = new Proxy(window.unshiftedDate, {
      construct: (target, args, newTarget) => Reflect.construct(target, args.length > 0 ? args : [shifted()], newTarget),
      get: (target, key) => (key === 'now' ? shifted : Reflect.get(target, key)),
    });
  };
`;
