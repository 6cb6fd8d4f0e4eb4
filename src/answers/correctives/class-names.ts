/** Words that German sources sort things by, each in the singular and the plural; compounds end with them: `Preisgruppe`. */
const GERMAN = pairsIn(
  'gruppe gruppen klasse klassen kategorie kategorien stufe stufen tarif tarife gebiet gebiete zone zonen',
);

/** The same for English, French and Spanish, and what ends no German compound. */
const SORTS: readonly (readonly [string, string])[] = [
  ...pairsIn(
    'group groups class classes category categories zone zones band bands bracket brackets tier tiers level levels',
  ),
  ...pairsIn('grade grades region regions area areas tariff tariffs type types schedule schedules list lists'),
  ...pairsIn('priority priorities severity severities division divisions sector sectors'),
  ...GERMAN,
  ...pairsIn('typ typen priorität prioritäten'),
  ...pairsIn('groupe groupes classe classes catégorie catégories tranche tranches niveau niveaux région régions'),
  ...pairsIn(
    'grupo grupos clase clases categoría categorías zona zonas nivel niveles tramo tramos tarifa tarifas tipo tipos',
  ),
];

/** What counts things and makes a figure before it no mark. */
const UNIT =
  '(?:[%€$£²°]|(?:percent|per cent|prozent|working|business|calendar|full|eur|euros?|usd|dollars?|pounds?|francs?|chf|seconds?|minutes?|hours?|days?|weeks?|months?|years?|times?|' +
  'people|persons?|users?|kg|g|t|km[²³]?|m[²³]?|cm[²³]?|mm|l|litres?|liters?|kilos?|sekunden?|minuten?|stunden?|tagen?|tag|wochen?|monaten?|monat|jahren?|jahr|personen|jours?|semaines?|mois|ans?|' +
  'heures?|días?|semanas?|meses|años?|horas?)(?![\\p{L}\\p{N}]))';

/** What tells one class from another: a capital letter, a Roman or a short number. */
const MARK = `(?:[A-Z]|[IVX]{2,4}|\\d{1,2})(?![\\p{L}\\p{N}]|[.,]\\d|\\s*${UNIT})`;
const AND = '(?:\\s*[,/]\\s*|\\s+(?:and|or|und|oder|et|ou|y|o)\\s+|\\s*(?:–|-)\\s*|\\s+(?:to|bis)\\s+)';

const singular = new Map([
  ...SORTS.toReversed().map(([one, several]) => [several, one] as const),
  ...SORTS.map(([one]) => [one, one] as const),
]);
/** Any word before marks: which of them are sorts is looked up. */
const NAME = new RegExp(`(?<![\\p{L}\\p{N}])(\\p{Script=Latin}{2,30}):?\\s+(${MARK}(?:${AND}${MARK})*)`, 'gu');
const MARKS = new RegExp(`(${MARK})(?:(?:\\s*(?:–|-)\\s*|\\s+(?:to|bis)\\s+)(${MARK}))?`, 'gu');

/** Marks of a range at most; a longer one is none. */
const MOST_MARKS = 12;

/** Words in twos. */
function pairsIn(words: string): [string, string][] {
  return Array.from(words.matchAll(/(\S+) (\S+)/g), ([, one = '', several = '']) => [one, several]);
}

/** Where a text names classes. */
export interface NamedClasses {
  /** As `zone 2`: sort in the singular and in lower case, then the mark. */
  readonly names: readonly string[];
  /** Half-open, UTF-16 code units. */
  readonly start: number;
  readonly end: number;
}

/** The places where a text names classes: one after its sort (`zone 2`), several only after a plural (`zones 1 to 3`). */
export function classesAt(text: string): NamedClasses[] {
  return [...text.matchAll(NAME)].flatMap((match) => {
    const [whole, sort = '', marks = ''] = match;
    const one = oneOf(sort);
    if (one === null) return [];
    const isSeveral = one !== sort.toLowerCase();
    const own = isSeveral ? marksIn(marks) : marksIn(marks).slice(0, 1);
    const [first = ''] = own;
    // The English pronoun: `the area I manage`.
    if (own.length === 0 || (first === 'I' && sort === sort.toLowerCase())) return [];
    const end = match.index + (isSeveral ? whole.length : whole.length - marks.length + first.length);
    return [{ names: own.map((mark) => `${one} ${mark}`), start: match.index, end }];
  });
}

/** The classes that a text names. */
export function classesIn(text: string): Set<string> {
  return new Set(classesAt(text).flatMap(({ names }) => names));
}

/** What a class is one of: its name without the mark. */
export function sortOf(className: string): string {
  return className.slice(0, className.lastIndexOf(' '));
}

/** A sort in the singular and in lower case; null: the word is none. */
function oneOf(word: string): string | null {
  const lower = word.toLowerCase();
  const known = singular.get(lower);
  if (known !== undefined) return known;
  const [one, several] = GERMAN.find((pair) => pair.some((end) => lower.endsWith(end))) ?? [];
  if (one === undefined || several === undefined) return null;
  return lower.endsWith(several) ? lower.slice(0, -several.length) + one : lower;
}

function marksIn(text: string): string[] {
  return [...text.matchAll(MARKS)].flatMap(([, first = '', last = first]) => rangeOf(first, last));
}

/** From one mark to another, both among them; [] where what lies between cannot be told. */
function rangeOf(first: string, last: string): string[] {
  if (first === last) return [first];
  const isNumbers = /^\d+$/.test(first) && /^\d+$/.test(last);
  const isLetters = first.length === 1 && last.length === 1 && !/\d/.test(first + last);
  if (!isNumbers && !isLetters) return [];
  const [from, to] = isNumbers ? [Number(first), Number(last)] : [first.charCodeAt(0), last.charCodeAt(0)];
  if (from > to || to - from >= MOST_MARKS) return [];
  const marks = Array.from({ length: to - from + 1 }, (_, step) => from + step);
  return marks.map((mark) => (isNumbers ? String(mark) : String.fromCharCode(mark)));
}
