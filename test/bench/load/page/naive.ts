import { ContextProvider, createContext } from '@lit/context';
import { css, html, LitElement, type TemplateResult } from 'lit';
import { UserManager, type User } from 'oidc-client-ts';
import {
  BehaviorSubject,
  EMPTY,
  catchError,
  distinctUntilChanged,
  filter,
  from,
  fromEvent,
  map,
  merge,
  Subject,
  switchMap,
  takeUntil,
  timer,
} from 'rxjs';

const context = createContext<string | undefined>('bench');

/**
 * What an integrator writes first with the four libraries: a button, a user manager made with the element, and a stream of
 * the moments at which to look after the session. It is constructed and rendered, and asks nobody anything.
 */
class NaiveMessenger extends LitElement {
  static override styles = css`
    button {
      position: fixed;
      inset-block-end: 20px;
      inset-inline-end: 20px;
      inline-size: 56px;
      block-size: 56px;
      border: 0;
      border-radius: 50%;
      color: #fff;
      background: #1f4fd8;
    }
  `;

  static override properties = { authority: {}, clientId: { attribute: 'client-id' } };

  authority = '';
  clientId = '';
  readonly #user$ = new BehaviorSubject<User | null>(null);
  readonly #gone$ = new Subject<void>();
  readonly #context = new ContextProvider(this, { context });
  #manager: UserManager | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    const { authority, clientId } = this;
    const manager = new UserManager({
      authority,
      client_id: clientId,
      redirect_uri: `${location.origin}/callback.html`,
    });
    this.#manager = manager;
    manager.events.addUserLoaded((user) => this.#user$.next(user));
    const seen$ = fromEvent(document, 'visibilitychange').pipe(filter(() => document.visibilityState === 'visible'));
    const expiring$ = this.#user$.pipe(
      map((user) => user?.expires_in),
      distinctUntilChanged(),
      switchMap((seconds) => (seconds === undefined ? EMPTY : timer(seconds * 900))),
    );
    merge(seen$, expiring$)
      .pipe(
        filter(() => this.#user$.value !== null),
        switchMap(() => from(manager.signinSilent()).pipe(catchError(() => EMPTY))),
        takeUntil(this.#gone$),
      )
      .subscribe((user) => this.#user$.next(user));
    this.#user$.pipe(takeUntil(this.#gone$)).subscribe((user) => this.#context.setValue(user?.profile.sub));
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#gone$.next();
  }

  protected override render(): TemplateResult {
    return html`<slot></slot><button type="button" @click=${() => this.#manager?.signinPopup()}>Chat</button>`;
  }
}

customElements.define('naive-messenger', NaiveMessenger);
