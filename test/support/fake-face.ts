import { ReplaySubject, Subject } from 'rxjs';
import '../../src/inspector/define.js';
import type { GcAuthInspector } from '../../src/inspector/gc-auth-inspector.js';

/** The public interface of the element, told by a test. */
export class FakeFace extends HTMLElement {
  readonly state$ = new ReplaySubject<unknown>(1);
  readonly token$ = new ReplaySubject<unknown>(1);
  readonly attempt$ = new Subject<unknown>();
  readonly error$ = new Subject<unknown>();
  readonly messenger$ = new Subject<unknown>();
  error: unknown;
  diagnosis: () => unknown = () => ({ ok: true, checks: [] });

  #answer: () => void = () => undefined;

  async diagnose(): Promise<unknown> {
    await new Promise<void>((resolve) => (this.#answer = resolve));
    return this.diagnosis();
  }

  /** Ends the diagnosis that is running. */
  async answer(): Promise<void> {
    this.#answer();
    // The inspector has it some microtasks later.
    await new Promise((resolve) => setTimeout(resolve));
  }

  /** Tells a DOM event. */
  fire(type: string, detail?: unknown): void {
    this.dispatchEvent(new CustomEvent(type, { detail, bubbles: true, composed: true }));
  }
}

export const defineFace = (): void => {
  if (!customElements.get('gc-auth-messenger')) customElements.define('gc-auth-messenger', FakeFace);
};

/** Epoch ms. */
export const t0 = Date.UTC(2026, 0, 5, 12);

export interface InspectorUnderTest {
  readonly inspector: GcAuthInspector;
  /** Moves the clock, and renders. */
  pass(ms: number): Promise<void>;
  /** Waits for everything that is rendered. */
  settled(): Promise<void>;
  /** The first match in any of the shadow roots. */
  find<E extends HTMLElement = HTMLElement>(selector: string): E | undefined;
  findAll(selector: string): HTMLElement[];
  /** All that is shown, in one line. */
  text(): string;
  /** Chooses a tab by a click. */
  choose(tab: 'history' | 'attempts' | 'events' | 'doctor'): Promise<void>;
}

const placed: Element[] = [];

export function placedFace(id?: string): FakeFace {
  const face = document.createElement('gc-auth-messenger') as unknown as FakeFace;
  if (id) face.id = id;
  document.body.append(face);
  placed.push(face);
  return face;
}

const rootsIn = (element: Element): ParentNode[] => {
  const root = element.shadowRoot;
  return root ? [root, ...[...root.querySelectorAll('*')].flatMap(rootsIn)] : [];
};

const shownIn = (node: Node): string => {
  if (node instanceof Text) return node.data;
  if (node instanceof HTMLStyleElement || (node instanceof HTMLElement && node.hidden)) return '';
  const children = node instanceof Element && node.shadowRoot ? node.shadowRoot.childNodes : node.childNodes;
  return [...children].map(shownIn).join(' ');
};

export async function placedInspector(attributes: Readonly<Record<string, string>> = {}): Promise<InspectorUnderTest> {
  const inspector = document.createElement('gc-auth-inspector');
  let now = t0;
  inspector.clock = () => now;
  for (const [name, value] of Object.entries(attributes)) inspector.setAttribute(name, value);
  document.body.append(inspector);
  placed.push(inspector);
  const settled = async (): Promise<void> => {
    await inspector.updateComplete;
    for (const root of rootsIn(inspector)) {
      for (const child of root.querySelectorAll('*'))
        await (child as { updateComplete?: Promise<unknown> }).updateComplete;
    }
  };
  const findAll = (selector: string): HTMLElement[] =>
    rootsIn(inspector).flatMap((root) => [...root.querySelectorAll<HTMLElement>(selector)]);
  const under: InspectorUnderTest = {
    inspector,
    async pass(ms) {
      now += ms;
      inspector.requestUpdate();
      await settled();
    },
    settled,
    find: <E extends HTMLElement>(selector: string) => findAll(selector)[0] as E | undefined,
    findAll,
    text: () => shownIn(inspector).replace(/\s+/g, ' ').trim(),
    async choose(tab) {
      under.find(`#tab-${tab}`)!.click();
      await settled();
    },
  };
  await settled();
  return under;
}

export function clearInspectors(): void {
  for (const element of placed.splice(0)) element.remove();
}

export const tokenOf = (changes: object = {}): object => ({
  issuedAt: t0,
  expiresAt: t0 + 900_000,
  source: 'sign-in',
  claims: { sub: '42', name: 'Anna Alm' },
  ...changes,
});
