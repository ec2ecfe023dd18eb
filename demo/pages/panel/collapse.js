import { byId } from '../dom.js';

/** On narrow screens, a button collapses the panel, and a badge shows the state while the panel is out of view. */
export function makeCollapsible() {
  const button = byId('collapse');
  const panel = byId('panel');
  const pill = byId('pill');

  /** @param {boolean} open */
  const setOpen = (open) => {
    panel.toggleAttribute('data-collapsed', !open);
    button.setAttribute('aria-expanded', String(open));
    button.textContent = open ? 'Hide' : 'Show';
  };
  button.addEventListener('click', () => setOpen(panel.hasAttribute('data-collapsed')));
  pill.addEventListener('click', () => setOpen(true));

  new IntersectionObserver(
    (observed) =>
      pill.toggleAttribute(
        'data-panel-visible',
        observed.some(({ isIntersecting }) => isIntersecting),
      ),
    {
      rootMargin: '-64px 0px',
    },
  ).observe(byId('inspector'));
}
