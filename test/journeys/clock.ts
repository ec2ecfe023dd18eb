/** Script of a page: its clock can be set to so many milliseconds ahead of the servers', or behind, until it loads again. */
export const clock = `
  window.shiftClock = (offset) => {
    const { now } = (window.unshiftedDate ??= Date);
    const shifted = () => now() + offset;
    window.Date = new Proxy(window.unshiftedDate, {
      construct: (target, given, pluginCalled) => Reflect.construct(target, given.length > 0 ? given : [shifted()], pluginCalled),
      get: (target, key) => (key === 'now' ? shifted : Reflect.get(target, key)),
    });
  };
`;
