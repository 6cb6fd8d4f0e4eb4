import stemmers from 'snowball-stemmers';

/** What analysis needs to know about a language. */
export interface Language {
  /** Words that say nothing about the subject, lowercase, as they are after folding when `foldFirst`. */
  readonly stopWords: ReadonlySet<string>;
  /** Reduces a lowercase word to its stem. */
  readonly stem: (word: string) => string;
  /**
   * Whether accents go before stop words and stemming (English: `café` is `cafe`) or after (French, German, Spanish:
   * their stemmers read the accents).
   */
  readonly foldFirst: boolean;
}

// Words that carry no subject: Snowball's lists (snowballstem.org), contractions without their apostrophe.
const ENGLISH =
  'a about above after again against all am an and any are arent as at be because been before being below between ' +
  'both but by cannot cant could couldnt did didnt do does doesnt doing dont down during each few for from further ' +
  'had hadnt has hasnt have havent having he her here hers herself him himself his how i if in into is isnt it its ' +
  'itself lets me more most mustnt my myself no nor not of off on once only or other ought our ours ourselves out ' +
  'over own same she should shouldnt so some such than that thats the their theirs them themselves then there ' +
  'theres these they theyre this those through to too under until up very was wasnt we were werent what whats when ' +
  'where which while who whom why will with wont would wouldnt you youre your yours yourself yourselves';
const GERMAN =
  'aber alle allem allen aller alles als also am an ander andere anderem anderen anderer anderes auch auf aus bei bin ' +
  'bis bist da damit dann das dass daß dein deine dem den denn der des dessen die dies diese diesem diesen dieser ' +
  'dieses doch dort du durch ein eine einem einen einer eines er es etwas euch euer für gegen hab habe haben hat ' +
  'hatte hatten hier hin hinter ich ihm ihn ihnen ihr ihre ihrem ihren ihrer im in ist ja jede jedem jeden jeder ' +
  'jedes jetzt kann kein keine keinem keinen keiner können könnte man manche mein meine mich mir mit muss nach nicht ' +
  'nichts noch nun nur ob oder ohne sehr sein seine seinem seinen seiner sich sie sind so solche soll sollte über um ' +
  'und uns unser unter viel vom von vor war waren warst was weg weil welche welchem welchen welcher wenn wer werde ' +
  'werden wie wieder will wir wird wirst wo wollen wurde wurden zu zum zur zwar zwischen';
const FRENCH =
  'à ai as au aux avec c ce ces cet cette d dans de des du elle elles en es est et été être eu eux il ils j je l la ' +
  'le les leur leurs lui m ma mais me même mes moi mon n ne nos notre nous on ont ou où par pas plus pour qu que quel ' +
  'quelle quels quelles qui s sa sans se ses si son sont sur t ta te tes toi ton tu un une vos votre vous y était ' +
  'étaient sera seront avait avaient ont fut';
const SPANISH =
  'a al algo algunas algunos ante antes como con contra cual cuando de del desde donde durante e el él ella ellas ' +
  'ellos en entre era eran es esa esas ese eso esos esta está están estas este esto estos fue fueron ha han hasta hay ' +
  'la las le les lo los más me mi mis mucho muchos muy nada ni no nos nosotros o os otra otras otro otros para pero ' +
  'poco por porque que qué quien quienes se sea ser sí sin sobre son su sus también tanto te tiene tienen todo todos ' +
  'tu tus un una uno unos y ya yo';

const HINDI =
  'का के की को में से पर ने है हैं था थे थी हो होता होती होते हुआ हुई हुए और या एक यह ये वह वे इस उस इन उन इसे उसे जो जिस ' +
  'जिन तो ही भी कि क्या कौन किस कब कहाँ कैसे क्यों तक लिए साथ बाद पहले कर करना करता करते करती करने किया किए गया गई गए ' +
  'जा जाता जाती जाते रहा रही रहे सकता सकती सकते अपना अपनी अपने कुछ नहीं न मैं हम तुम आप मेरा हमारा उनका इनका द्वारा';

// Endings of inflection, longest first (Ramanathan and Rao, "A lightweight stemmer for Hindi", EACL 2003), those of
// nouns, adjectives and verbs; the nasal signs are made one before.
const HINDI_ENDINGS = (
  'ाएंगी ाएंगे ाऊंगी ाऊंगा ाइयां ाइयों ाइयाँ ियाँ ियां ियों ाओं ाएं ुओं ुएं ुआं ाना ाने ाता ाती ाते ता ती ते ना नी ने कर ' +
  'ाकर ाइए ाई ाए ेगा ेगी ेंगे ोगे ो े ू ु ी ि ा ों ें ां आं एं ओं'
)
  .split(' ')
  .sort((a, b) => b.length - a.length);

/** Takes one ending off a word of which at least two letters remain. */
function hindiStem(word: string): string {
  const plain = word.replaceAll('ँ', 'ं');
  const ending = HINDI_ENDINGS.find((each) => plain.endsWith(each) && plain.length - each.length >= 2);
  return ending === undefined ? plain : plain.slice(0, -ending.length);
}

const words = (list: string): ReadonlySet<string> => new Set(list.split(' '));

function snowball(name: string, stopWords: string, foldFirst: boolean): Language {
  const stemmer = stemmers.newStemmer(name);
  return { stopWords: words(stopWords), stem: (word) => stemmer.stem(word), foldFirst };
}

const NEUTRAL: Language = { stopWords: new Set(), stem: (word) => word, foldFirst: true };
const BY_CODE: ReadonlyMap<string, Language> = new Map([
  ['en', snowball('english', ENGLISH, true)],
  ['de', snowball('german', GERMAN, false)],
  ['fr', snowball('french', FRENCH, false)],
  ['es', snowball('spanish', SPANISH, false)],
  ['hi', { stopWords: words(HINDI), stem: hindiStem, foldFirst: false }],
]);

/** What a text is taken for that says nothing else. */
export const DEFAULT_LANGUAGE = 'en';

/** The languages that are known, by ISO 639-1 code. */
export function knownLanguages(): ReadonlyMap<string, Language> {
  return BY_CODE;
}

/**
 * The treatment of a language; without stemming and stop words when it is not English, German, French, Spanish or Hindi.
 * @param code ISO 639-1, a region after `-` is ignored: `en`, `de-CH`
 */
export function languageOf(code: string): Language {
  return BY_CODE.get(code.split('-', 1)[0]?.toLowerCase() ?? '') ?? NEUTRAL;
}
