/** Every text that the element shows; set `strings` to word them differently. */
export interface Strings {
  /** A first sign-in is wanted. */
  readonly signIn: string;
  /** There was a sign-in, and it ended. */
  readonly signInAgain: string;
  readonly signInButton: string;
  /** The browser blocked the popup. */
  readonly blocked: string;
  /** The popup is open. */
  readonly waiting: string;
  /** Something failed that may work later. */
  readonly failed: string;
  readonly retryButton: string;
  readonly dismiss: string;
  /** Name of the launcher that is drawn with `loading="interaction"`. */
  readonly launcher: string;
}

const keys = [
  'signIn',
  'signInAgain',
  'signInButton',
  'blocked',
  'waiting',
  'failed',
  'retryButton',
  'dismiss',
  'launcher',
] as const satisfies ReadonlyArray<keyof Strings>;

const english =
  'Sign in to chat with us.|Your sign-in has ended. Sign in to go on.|Sign in|The browser blocked the sign-in window.|Finish signing in in the other window.|Chat is not available right now.|Try again|Dismiss|Open chat';

/** One line a language, in the order of the keys. */
const lines: Readonly<Record<string, string>> = {
  en: english,
  de: 'Melden Sie sich an, um mit uns zu chatten.|Ihre Anmeldung ist abgelaufen. Melden Sie sich wieder an.|Anmelden|Der Browser hat das Anmeldefenster blockiert.|Schließen Sie die Anmeldung im anderen Fenster ab.|Der Chat ist gerade nicht verfügbar.|Erneut versuchen|Schließen|Chat öffnen',
  fr: 'Connectez-vous pour discuter avec nous.|Votre session est terminée. Reconnectez-vous pour continuer.|Se connecter|Le navigateur a bloqué la fenêtre de connexion.|Terminez la connexion dans l’autre fenêtre.|Le chat n’est pas disponible pour le moment.|Réessayer|Fermer|Ouvrir le chat',
  es: 'Inicie sesión para chatear con nosotros.|Su sesión ha terminado. Vuelva a iniciarla para continuar.|Iniciar sesión|El navegador bloqueó la ventana de inicio de sesión.|Termine de iniciar sesión en la otra ventana.|El chat no está disponible en este momento.|Reintentar|Cerrar|Abrir el chat',
  it: 'Acceda per chattare con noi.|L’accesso è scaduto. Acceda di nuovo per continuare.|Accedi|Il browser ha bloccato la finestra di accesso.|Completi l’accesso nell’altra finestra.|La chat non è disponibile al momento.|Riprova|Chiudi|Apri la chat',
  nl: 'Log in om met ons te chatten.|Uw sessie is verlopen. Log opnieuw in om verder te gaan.|Inloggen|De browser blokkeerde het inlogvenster.|Rond het inloggen af in het andere venster.|De chat is nu niet beschikbaar.|Opnieuw proberen|Sluiten|Chat openen',
  pt: 'Inicie sessão para conversar connosco.|A sua sessão terminou. Inicie sessão para continuar.|Iniciar sessão|O navegador bloqueou a janela de início de sessão.|Conclua o início de sessão na outra janela.|O chat não está disponível de momento.|Tentar novamente|Fechar|Abrir chat',
  ja: 'チャットするにはサインインしてください。|サインインの有効期限が切れました。もう一度サインインしてください。|サインイン|ブラウザーがサインイン画面をブロックしました。|別のウィンドウでサインインを完了してください。|現在チャットを利用できません。|再試行|閉じる|チャットを開く',
  ar: 'سجّل الدخول للدردشة معنا.|انتهت جلستك. سجّل الدخول للمتابعة.|تسجيل الدخول|حظر المتصفح نافذة تسجيل الدخول.|أكمل تسجيل الدخول في النافذة الأخرى.|الدردشة غير متاحة حاليًا.|إعادة المحاولة|إغلاق|فتح الدردشة',
};

const rightToLeft = /^(ar|fa|he|ur)\b/;

export interface Texts {
  readonly lang: string;
  readonly dir: 'ltr' | 'rtl';
  readonly strings: Strings;
}

/** Texts for a BCP 47 tag; English where there are none. A page's own strings win, key by key. */
export function textsFor(tag: string, own?: Partial<Strings> | null): Texts {
  const language = tag.toLowerCase().split('-')[0] ?? '';
  const known = lines[language] ?? english;
  const values = known.split('|');
  const strings = Object.fromEntries(keys.map((key, index) => [key, own?.[key] ?? values[index]])) as unknown as Strings;
  const lang = known === english && !Object.keys(own ?? {}).length ? 'en' : tag || 'en';
  return { lang, dir: rightToLeft.test(lang.toLowerCase()) ? 'rtl' : 'ltr', strings };
}

/** The language that holds for an element: its own, its ancestors' across shadow roots, the document's. */
export function languageOf(element: Element): string {
  for (let at: Node | null = element; at; at = at instanceof ShadowRoot ? at.host : at.parentNode) {
    if (at instanceof Element && at.hasAttribute('lang')) return at.getAttribute('lang') ?? '';
  }
  return '';
}
