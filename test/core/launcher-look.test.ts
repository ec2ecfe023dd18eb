import { expect } from '@open-wc/testing';
import { readLauncherLook } from '../../src/core/launcher-look.js';

/** The look of a deployment whose launcher button has these members. */
const withButton = (launcherButton: object) => readLauncherLook({ messenger: { launcherButton } });

const withColor = (primaryColor: unknown, displayType = 'Icon') =>
  readLauncherLook({ messenger: { styles: { primaryColor }, launcherButton: { displayType } } })!;

describe('the look of a deployment’s launcher', () => {
  it('is Genesys Cloud’s default where the configuration says nothing, or nothing that can be read', () => {
    const odd: unknown[] = [null, 1, 'word', [], { toString: 1 }, {}];
    const deployments = [
      undefined,
      ...odd,
      ...odd.map((value) => ({ position: value, customI18nLabels: value, messenger: value })),
      ...odd.map((value) => ({
        position: { alignment: value, sideSpace: '-1', bottomSpace: [] },
        customI18nLabels: [value, { language: value, localizedLabels: [value, { key: value, value }] }],
        defaultLanguage: value,
        messenger: { styles: value, launcherButton: value },
      })),
      ...odd.map((value) => ({
        messenger: { styles: { primaryColor: value }, launcherButton: { icon: value, displayType: value } },
      })),
    ];
    for (const deployment of deployments) {
      const { text, ...look } = readLauncherLook(deployment)!;
      expect(look, JSON.stringify(deployment)).to.deep.equal({
        position: { alignment: 'auto', sideSpace: 20, bottomSpace: 12 },
        color: '#0165a7',
        contentColor: '#fff',
        icon: undefined,
        showIcon: true,
        showText: false,
      });
      expect(text('en')).to.equal(undefined);
    }
  });

  it('has the place of the configuration, as far as it is in sight', () => {
    const placed = (position: object) => readLauncherLook({ position })!.position;
    expect(placed({ alignment: 'Left', sideSpace: 0, bottomSpace: 48 })).to.deep.equal({
      alignment: 'left',
      sideSpace: 0,
      bottomSpace: 48,
    });
    expect(placed({ alignment: 'right', sideSpace: '32px', bottomSpace: 1e9 })).to.deep.equal({
      alignment: 'right',
      sideSpace: 32,
      bottomSpace: 500,
    });
    expect(placed({ sideSpace: NaN, bottomSpace: -4 })).to.deep.equal({
      alignment: 'auto',
      sideSpace: 20,
      bottomSpace: 12,
    });
  });

  it('has the colour, and one that can be read on it', () => {
    expect(withColor('#0A5')).to.include({ color: '#00aa55' });
    const contents = (color: string) => [withColor(color).contentColor, withColor(color, 'Text').contentColor];
    expect(contents('#000000')).to.eql(['#fff', '#fff']);
    expect(contents('#ffe600')).to.eql(['#000', '#000']);
    expect(contents('#2e8b57')).to.eql(['#fff', '#000']);
  });

  it('takes no other text into a style', () => {
    for (const color of ['red', '#12', '#1234', 'url(x)', '#000;left:0', 'var(--x)', '#00000g', ' ']) {
      expect(withColor(color).color).to.equal('#0165a7');
    }
  });

  it('has an image of https only', () => {
    const icon = (url: unknown) => withButton({ icon: { url } })!.icon;
    expect(icon('https://images.example/chat.svg?v=1')).to.equal('https://images.example/chat.svg?v=1');
    for (const url of [
      'http://images.example/a.png',
      'javascript:alert(1)',
      'data:image/png;base64,',
      '/a.png',
      '',
      1,
    ]) {
      expect(icon(url)).to.equal(undefined);
    }
  });

  it('has icon, text or both', () => {
    const shown = (displayType: string) => {
      const { showIcon, showText } = withButton({ displayType })!;
      return [showIcon, showText];
    };
    expect(['Icon', 'Text', 'IconAndText', 'iconandtext', 'Other'].map(shown)).to.eql([
      [true, false],
      [false, true],
      [true, true],
      [true, true],
      [true, false],
    ]);
  });

  it('has the deployment’s text: of the language, of its primary language, or of the default language', () => {
    const label = (language: string, value: string) => ({
      language,
      localizedLabels: [
        { key: 'MessengerHomeHeaderTitle', value: 'Home' },
        { key: 'MessengerLauncherButtonText', value },
      ],
    });
    const { text } = readLauncherLook({
      defaultLanguage: 'en-us',
      customI18nLabels: [label('en-us', 'Help'), label('pt-br', 'Ajuda aqui'), label('pt', 'Ajuda'), label('de', ' ')],
    })!;
    expect(['pt', 'pt-BR', 'pt-PT', 'en-GB', 'ja', 'de'].map(text)).to.eql([
      'Ajuda',
      'Ajuda aqui',
      'Ajuda',
      'Help',
      'Help',
      'Help',
    ]);
    const long = readLauncherLook({ customI18nLabels: [label('en', '😀'.repeat(30))] })!;
    expect(long.text('en')).to.equal('😀'.repeat(20));
  });

  it('is none where Messenger draws no launcher', () => {
    expect(withButton({ visibility: 'Off' })).to.equal(undefined);
    expect(withButton({ visibility: 'OnDemand' })).to.equal(undefined);
    expect(withButton({ visibility: 'on' })).to.exist;
    expect(readLauncherLook({ headlessMode: { enabled: true } })).to.equal(undefined);
    expect(readLauncherLook({ messenger: { enabled: false } })).to.equal(undefined);
  });
});
