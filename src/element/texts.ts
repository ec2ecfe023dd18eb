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
  /** Brings the popup back. */
  readonly reopenButton: string;
  /** Ends the waiting. */
  readonly cancel: string;
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
  'reopenButton',
  'cancel',
  'failed',
  'retryButton',
  'dismiss',
  'launcher',
] as const satisfies ReadonlyArray<keyof Strings>;

const english =
  'Sign in to chat with us.|Sign in again to go on.|Sign in|The browser blocked the sign-in window.|Finish signing in in the other window.|Reopen|Cancel|Chat is not available right now.|Try again|Dismiss|Open chat';

/** One line a language, in the order of the keys. */
const lines: Readonly<Record<string, string>> = {
  en: english,
  de: 'Melden Sie sich an, um mit uns zu chatten.|Melden Sie sich wieder an, um fortzufahren.|Anmelden|Der Browser hat das Anmeldefenster blockiert.|Melden Sie sich im anderen Fenster an.|Neu öffnen|Abbrechen|Der Chat ist gerade nicht verfügbar.|Erneut versuchen|Schließen|Chat öffnen',
  fr: 'Connectez-vous pour discuter avec nous.|Reconnectez-vous pour continuer.|Se connecter|Le navigateur a bloqué la fenêtre de connexion.|Connectez-vous dans l’autre fenêtre.|Rouvrir|Annuler|Le chat n’est pas disponible pour le moment.|Réessayer|Fermer|Ouvrir le chat',
  es: 'Inicie sesión para chatear con nosotros.|Inicie sesión de nuevo para continuar.|Iniciar sesión|El navegador bloqueó la ventana de inicio de sesión.|Inicie sesión en la otra ventana.|Reabrir|Cancelar|El chat no está disponible en este momento.|Reintentar|Cerrar|Abrir el chat',
  it: 'Acceda per chattare con noi.|Acceda di nuovo per continuare.|Accedi|Il browser ha bloccato la finestra di accesso.|Acceda nell’altra finestra.|Riapri|Annulla|La chat non è disponibile al momento.|Riprova|Chiudi|Apri la chat',
  nl: 'Log in om met ons te chatten.|Log opnieuw in om verder te gaan.|Inloggen|De browser blokkeerde het inlogvenster.|Log in via het andere venster.|Heropenen|Annuleren|De chat is nu niet beschikbaar.|Opnieuw proberen|Sluiten|Chat openen',
  pt: 'Inicie sessão para conversar connosco.|Inicie sessão novamente para continuar.|Iniciar sessão|O navegador bloqueou a janela de início de sessão.|Inicie sessão na outra janela.|Reabrir|Cancelar|O chat não está disponível de momento.|Tentar novamente|Fechar|Abrir chat',
  ja: 'チャットするにはサインインしてください。|続けるにはもう一度サインインしてください。|サインイン|ブラウザーがサインイン画面をブロックしました。|別のウィンドウでサインインしてください。|もう一度開く|キャンセル|現在チャットを利用できません。|再試行|閉じる|チャットを開く',
  ar: 'سجّل الدخول للدردشة معنا.|سجّل الدخول مجددًا للمتابعة.|تسجيل الدخول|حظر المتصفح نافذة تسجيل الدخول.|سجّل الدخول في النافذة الأخرى.|إعادة الفتح|إلغاء|الدردشة غير متاحة حاليًا.|إعادة المحاولة|إغلاق|فتح الدردشة',
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
  const known = (Object.hasOwn(lines, language) && lines[language]) || english;
  const values = known.split('|');
  const strings = Object.fromEntries(
    keys.map((key, index) => [key, own?.[key] ?? values[index]]),
  ) as unknown as Strings;
  const lang = known === english && !Object.keys(own ?? {}).length ? 'en' : tag || 'en';
  return { lang, dir: rightToLeft.test(lang.toLowerCase()) ? 'rtl' : 'ltr', strings };
}

/**
 * The language that holds for an element: its own, its ancestors' across shadow roots, the document's. A `<form>` around
 * it may have an `<input name="parentNode">`, which overrides the member, so no member of an ancestor is read.
 */
export function languageOf(element: Element): string {
  for (let at: Element | undefined = element; at;) {
    const holder: Element | null = at.closest('[lang]');
    if (holder) return Element.prototype.getAttribute.call(holder, 'lang') ?? '';
    const root = at.getRootNode();
    at = root instanceof ShadowRoot ? root.host : undefined;
  }
  return '';
}
