import { DoctorSection } from '../inspector/sections/doctor-section.js';
import { CodeBlock } from './code-block.js';
import { GcAuthSetup } from './gc-auth-setup.js';

/** Those inside first: the page renders them as soon as it is defined. */
const elements = {
  'gc-auth-inspector-doctor': DoctorSection,
  'gc-auth-setup-code': CodeBlock,
  'gc-auth-setup': GcAuthSetup,
};

for (const [name, type] of Object.entries(elements)) {
  if (!customElements.get(name)) customElements.define(name, type);
}
