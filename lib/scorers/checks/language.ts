/**
 * Scripts with the languages (ISO 639-1) that are written in them here; where there are several, common words decide. The
 * letters of a word outrank them: what Russian or Urdu has and its neighbours do not.
 */
const SCRIPTS: Readonly<Record<string, string>> = {
  Latin: "en de fr es pt it nl sv da no fi pl cs tr id vi sw ro hu",
  Cyrillic: "ru bg uk",
  Devanagari: "hi mr ne",
  Arabic: "ar fa ur",
  Hangul: "ko",
  Hiragana: "ja",
  Katakana: "ja",
  Han: "zh",
  Bengali: "bn",
  Gurmukhi: "pa",
  Gujarati: "gu",
  Tamil: "ta",
  Telugu: "te",
  Kannada: "kn",
  Malayalam: "ml",
  Thai: "th",
  Greek: "el",
  Hebrew: "he",
};

/** Words that make up a good part of any text in a language. */
const WORDS: Readonly<Record<string, string>> = {
  en: "the of and to in is that for it with as was are you this be i my on your",
  de: "der die das und ist nicht ein eine zu den mit ich sie auf für von es im dem",
  fr: "le la les des et est une dans que pour qui pas vous du je il au nous",
  es: "el la los las de que y en un una por con es para se del su lo",
  pt: "o a os as de que e em um uma não para com é do da no na",
  it: "il di che la e un per non è una sono con del della i le gli si",
  nl: "de het een en van is niet dat ik op te zijn voor met",
  sv: "och att det som en på är av för inte den jag med",
  da: "og at det er en på af til ikke der jeg de med",
  no: "og er det i på en av til ikke som å jeg med",
  fi: "ja on ei se että oli hän ovat mutta kun tai voi myös joka",
  pl: "i w nie na się z do to jest że jak o",
  cs: "a je v se na že to s z jsou pro jako",
  tr: "ve bir bu için de da ile ne çok olarak daha",
  id: "dan yang di dengan untuk dari ini itu tidak pada akan dalam",
  vi: "và là của một không có cho các được trong với những người để",
  sw: "na ya wa kwa ni katika la za cha hii kuwa au kama yako",
  ro: "și de în la cu pe nu este un o care să din",
  hu: "a az és hogy nem egy is van ez meg de",
  ru: "и в не на что я с он это как по но для",
  bg: "и на да се е в за от не са си със като",
  uk: "і в не на що я з у та це як до",
  hi: "है के में की और से का को हैं यह पर नहीं",
  mr: "आहे आणि च्या या मध्ये आहेत होते ते ही व तर आपल्या",
  ne: "छ र को हो छन् मा गर्न लागि पनि यो भएको तपाईं",
  ar: "في من على أن إلى هذا التي ما هو مع عن لا",
  fa: "و در به از که این را است با می برای آن",
  ur: "کے میں کی ہے اور سے کا کو ہیں یہ پر نہیں",
};
const LETTERS: Readonly<Record<string, RegExp>> = {
  ru: /[ыэё]/gu,
  uk: /[іїєґ]/gu,
  ur: /[ٹڈڑںےہھ]/gu,
  fa: /[پچژگی]/gu,
  de: /[ßäöü]/gu,
  pl: /[łąęśźż]/gu,
  tr: /[ışğ]/gu,
  vi: /[ơưđạảấầẩậắằặẹẻẽếềểệịỏọốồổộớờởợụủứừửựỳỹ]/gu,
};

/** Codes of the languages that `languageOf` tells apart. */
export const LANGUAGES: readonly string[] = [...new Set(Object.values(SCRIPTS).join(" ").split(" "))];

/**
 * The language of a text, as an ISO 639-1 code: the one language of the script that most of its letters belong to, or the one
 * whose common words and own letters it has most of; null where it has no letters of a known script.
 */
export function languageOf(text: string): string | null {
  const plain = text.toLowerCase();
  const letters = (script: string): number =>
    plain.match(new RegExp(String.raw`\p{Script=${script}}`, "gu"))?.length ?? 0;
  const counts = Object.keys(SCRIPTS).map((script) => [script, letters(script)] as const);
  const [script, most] = counts.reduce((best, one) => (one[1] > best[1] ? one : best));
  if (most === 0) return null;
  // Japanese has many Chinese characters between its own letters.
  if (script === "Han" && letters("Hiragana") > most / 20) return "ja";
  const words = plain.match(/[\p{L}\p{M}]+/gu) ?? [];
  const scores = SCRIPTS[script]!.split(" ").map((language) => {
    const common = new Set(WORDS[language]?.split(" "));
    const own = LETTERS[language] ? (plain.match(LETTERS[language])?.length ?? 0) : 0;
    return [language, words.filter((word) => common.has(word)).length + own / 2] as const;
  });
  return scores.reduce((best, one) => (one[1] > best[1] ? one : best))[0];
}
