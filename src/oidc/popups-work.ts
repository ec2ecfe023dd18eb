/**
 * Browsers inside other apps: `; wv)` is Android's WebView, and Apple's leaves “Safari” out. The others put a browser of
 * their own around both.
 *
 * @see https://developer.chrome.com/docs/multidevice/user-agent#webview_user_agent
 */
const insideApps = /; wv\)|AppleWebKit(?!.*Safari)|\bFBA[NV]\/|\bInstagram\b|\bLine\/|\bMicroMessenger\//;

/**
 * False where a window either cannot be opened or is not on speaking terms with the one that opened it: in browsers inside
 * apps, and in apps on an iPhone's home screen. Apps that were installed on a desktop open popups as browsers do.
 */
export const popupsWork = ({ navigator }: Window): boolean =>
  !('standalone' in navigator && navigator.standalone === true) && !insideApps.test(navigator.userAgent);
