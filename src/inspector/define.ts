import { shareSecrets } from '../page/shared-secrets.js';
import { GcAuthInspector } from './gc-auth-inspector.js';
import { AttemptsSection } from './sections/attempts-section.js';
import { ChartSection } from './sections/chart-section.js';
import { DoctorSection } from './sections/doctor-section.js';
import { EventsSection } from './sections/events-section.js';
import { HistorySection } from './sections/history-section.js';
import { StateSection } from './sections/state-section.js';
import { TokenSection } from './sections/token-section.js';

declare global {
  interface HTMLElementTagNameMap {
    'gc-auth-inspector': GcAuthInspector;
  }
}

/** Those inside first: the inspector renders them as soon as it is defined. */
const elements = {
  'gc-auth-inspector-attempts': AttemptsSection,
  'gc-auth-inspector-chart': ChartSection,
  'gc-auth-inspector-doctor': DoctorSection,
  'gc-auth-inspector-events': EventsSection,
  'gc-auth-inspector-history': HistorySection,
  'gc-auth-inspector-state': StateSection,
  'gc-auth-inspector-token': TokenSection,
  'gc-auth-inspector': GcAuthInspector,
};

// What the element knows to be secret is left out of reports, too.
shareSecrets(window);

for (const [name, type] of Object.entries(elements)) {
  if (!customElements.get(name)) customElements.define(name, type);
}

// No value is exported: a page uses the tag.
export type { GcAuthInspector };
