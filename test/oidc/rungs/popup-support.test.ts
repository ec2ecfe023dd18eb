import { expect } from '@open-wc/testing';
import { supportsPopups } from '../../../src/oidc/rungs/popup-support.js';

const works = (userAgent: string, standalone?: boolean) =>
  supportsPopups({ navigator: { userAgent, ...(standalone !== undefined && { standalone }) } } as unknown as Window);

const webKit = 'AppleWebKit/605.1.15 (KHTML, like Gecko)';
const iPhone = `Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) ${webKit}`;
const chrome = 'AppleWebKit/537.36 (KHTML, like Gecko) Chrome/143.0.0.0';

describe('popups', () => {
  const browsers = {
    'this browser': navigator.userAgent,
    'Chrome, also as an installed app': `Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${chrome} Safari/537.36`,
    'Chrome on Android': `Mozilla/5.0 (Linux; Android 10; K) ${chrome} Mobile Safari/537.36`,
    Firefox: 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
    'Firefox on iOS': `${iPhone} FxiOS/145.0 Mobile/15E148 Safari/605.1.15`,
    'Safari on iOS': `${iPhone} Version/18.5 Mobile/15E148 Safari/604.1`,
    'Safari on macOS': `Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) ${webKit} Version/18.5 Safari/605.1.15`,
  };
  for (const [name, userAgent] of Object.entries(browsers)) {
    it(`work in ${name}`, () => expect(works(userAgent)).to.equal(true));
  }

  it('work in Safari on iOS, which says that it is no app', () => {
    expect(works(browsers['Safari on iOS'], false)).to.equal(true);
  });

  it('do not work in an app on the home screen of iOS', () => {
    expect(works(browsers['Safari on iOS'], true)).to.equal(false);
  });

  const apps = {
    'an app’s WebView on Android': `Mozilla/5.0 (Linux; Android 14; Pixel 8; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/143.0.0.0 Mobile Safari/537.36`,
    'an app’s WebView on iOS': `${iPhone} Mobile/15E148`,
    'an app’s WebView on an iPad': `Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) ${webKit}`,
    Facebook: `${iPhone} Mobile/15E148 Safari/604.1 [FBAN/FBIOS;FBAV/480.0.0.34.109;]`,
    Instagram: `${iPhone} Mobile/15E148 Safari/604.1 Instagram 360.0.0.30.109 (iPhone15,2; iOS 18_5)`,
    LINE: `${iPhone} Mobile/15E148 Safari Line/15.1.0`,
  };
  for (const [name, userAgent] of Object.entries(apps)) {
    it(`do not work inside ${name}`, () => expect(works(userAgent)).to.equal(false));
  }
});
