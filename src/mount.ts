import './define.js';
import { mountByScriptTag } from './element/script-tag.js';

// The bundle is loaded as a classic script, so it can read its own tag. A frame that only had to answer has no element.
if (customElements.get('gc-auth-messenger')) mountByScriptTag(window);
