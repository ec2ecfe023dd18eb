/** The keyboard in the prompt: Escape dismisses it, and the focus returns to where it was. */
export class PromptFocus {
  constructor(dismiss: () => void) {
    this.#dismiss = dismiss;
  }

  readonly #dismiss: () => void;
  #from: Element | undefined;
  #returning = false;

  watch(section: HTMLElement): void {
    section.addEventListener('keydown', (event) => {
      if (event.key !== 'Escape') return;
      // Not for a dialog of the page as well.
      event.preventDefault();
      event.stopPropagation();
      this.#dismiss();
    });
    section.addEventListener('focusin', ({ relatedTarget }) => {
      if (relatedTarget instanceof Element && !section.contains(relatedTarget)) this.#from = relatedTarget;
    });
    // The focus may come from a frame, as Messenger's, which is no related target.
    section.addEventListener('pointerdown', () => {
      if (!hasFocus(section)) this.#from = section.ownerDocument.activeElement ?? undefined;
    });
  }

  /** The prompt will be removed. */
  leave(section: HTMLElement): void {
    this.#returning ||= hasFocus(section);
  }

  /** The prompt has been removed. Where the focus was not in it, it stays where it is. */
  left(): void {
    if (this.#returning) (this.#from as HTMLElement | undefined)?.focus({ preventScroll: true });
    this.#returning = false;
    this.#from = undefined;
  }
}

const hasFocus = (section: HTMLElement): boolean =>
  section.contains((section.getRootNode() as ShadowRoot).activeElement);
