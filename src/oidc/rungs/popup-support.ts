/**
 * Browsers inside other apps: `; wv)` is Android's WebView, and Apple's leaves “Safari” out. The others wrap both in a
 * browser of their own.
 *
 * @see https://developer.chrome.com/docs/multidevice/user-agent#webview_user_agent
 */
const inAppBrowser = /; wv\)|AppleWebKit(?!.*Safari)|\bFBA[NV]\/|\bInstagram\b|\bLine\/|\bMicroMessenger\//;

/**
 * False where a window cannot be opened, or cannot talk to the page that opened it: in browsers inside apps, and in web
 * apps on an iPhone's home screen. Web apps that were installed on a desktop open popups like browsers.
 */
export const supportsPopups = ({ navigator }: Window): boolean =>
  !('standalone' in navigator && navigator.standalone === true) && !inAppBrowser.test(navigator.userAgent);
