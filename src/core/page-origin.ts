/**
 * The origin of a page, also of one with a global variable `origin`: a classic script may replace that member of `window`, but
 * not `location`. The address of `about:srcdoc` and `about:blank` has none.
 *
 * @see https://webidl.spec.whatwg.org/#Replaceable
 */
export const originOf = ({ location, origin }: Page): string => (location.origin === 'null' ? origin : location.origin);

interface Page {
  readonly location: { readonly origin: string };
  readonly origin: string;
}
