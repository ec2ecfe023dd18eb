/** The keyboard in the prompt: Escape dismisses it, and the focus returns to where it was. */
export class PromptFocus {
  constructor(dismiss: () => void) {
    this.#dismiss = dismiss;
  }

  readonly #dismiss: () => void;
  #from: Element | undefined;
  #returning = false;

  /** @returns stops watching */
  watch(section: HTMLElement): () => void {
    const controller = new AbortController();
    const { signal } = controller;
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape') return;
      // Not for a dialog of the page as well.
      event.preventDefault();
      event.stopPropagation();
      this.#dismiss();
    };
    const onFocusIn = ({ relatedTarget }: FocusEvent): void => {
      if (relatedTarget instanceof Element && !section.contains(relatedTarget)) this.#from = relatedTarget;
    };
    // The focus may come from a frame, as Messenger's, which is no related target.
    const onPointerDown = (): void => {
      if (!hasFocus(section)) this.#from = section.ownerDocument.activeElement ?? undefined;
    };
    section.addEventListener('keydown', onKeyDown, { signal });
    section.addEventListener('focusin', onFocusIn, { signal });
    section.addEventListener('pointerdown', onPointerDown, { signal });
    return () => controller.abort();
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
