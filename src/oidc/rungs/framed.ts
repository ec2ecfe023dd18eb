/**
 * Whether this page is in a frame. Sign-in pages refuse to be framed, so a framed page that goes there is replaced by the
 * browser's error page. In a frame on another site, a BroadcastChannel does not reach popups either: its storage is
 * partitioned (https://developer.mozilla.org/docs/Web/Privacy/Guides/State_Partitioning). Not by `self` and `parent`, which may be global
 * variables of the page.
 */
export const isFramed = ({ top, window }: Window): boolean => top !== window;

export const framedMessage =
  'The page is in a frame, and the provider may refuse to be framed, so the page was not sent there.';
