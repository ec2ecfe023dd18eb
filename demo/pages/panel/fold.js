import { byId } from '../dom.js';

/** On narrow screens the panel can be folded, and a pill says how things stand while the instruments are out of sight. */
export function letFold() {
  const button = byId('fold');
  const panel = byId('panel');
  const pill = byId('pill');

  /** @param {boolean} open */
  const unfold = (open) => {
    panel.toggleAttribute('data-folded', !open);
    button.setAttribute('aria-expanded', String(open));
    button.textContent = open ? 'Hide' : 'Show';
  };
  button.addEventListener('click', () => unfold(panel.hasAttribute('data-folded')));
  pill.addEventListener('click', () => unfold(true));

  new IntersectionObserver(
    (seen) =>
      pill.toggleAttribute(
        'data-away',
        seen.some(({ isIntersecting }) => isIntersecting),
      ),
    {
      rootMargin: '-64px 0px',
    },
  ).observe(byId('instruments'));
}
