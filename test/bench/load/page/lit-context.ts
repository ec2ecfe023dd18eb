import { ContextProvider, createContext } from '@lit/context';
import { html, LitElement, type TemplateResult } from 'lit';

const context = createContext<string>('bench');

/** As little as an element on Lit and @lit/context can do. */
class LitContext extends LitElement {
  readonly provider = new ContextProvider(this, { context, initialValue: 'loading' });

  protected override render(): TemplateResult {
    return html`<slot></slot>`;
  }
}

customElements.define('lit-context', LitContext);
