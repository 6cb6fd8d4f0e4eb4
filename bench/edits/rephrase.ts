import { pick, type Random } from '../corpus/random.ts';

/** Says a sentence differently without changing what it says; null: it does not lend itself to it. */
type Rephrase = (sentence: string) => string | null;

const NUMBERS = 'two three four five six seven eight nine ten eleven twelve'.split(' ');
const MONTHS = 'January|February|March|April|May|June|July|August|September|October|November|December';

/** Written for this benchmark, apart from the verifier's lexicon; each side reads right in place of the other. */
const SAME: readonly (readonly [string, string])[] = [
  ['begins', 'starts'],
  ['purchase', 'buy'],
  ['purchased', 'bought'],
  ['approximately', 'about'],
  ['assist', 'help'],
  ['employees', 'staff'],
  ['large', 'big'],
  ['however', 'but'],
  ['because', 'since'],
  ['also', 'too'],
  ['shows', 'demonstrates'],
  ['showed', 'demonstrated'],
  ['children', 'kids'],
  ['doctors', 'physicians'],
  ['needs', 'requires'],
  ['requires', 'needs'],
  ['provides', 'gives'],
  ['received', 'got'],
  ['several', 'a number of'],
  ['within', 'in'],
  ['prior to', 'before'],
  ['in order to', 'to'],
  ['due to', 'because of'],
  ['must', 'has to'],
  ['per year', 'a year'],
  ['car', 'vehicle'],
  ['rapidly', 'quickly'],
  ['important', 'significant'],
  ['obtain', 'get'],
  ['annual', 'yearly'],
];

const REPHRASES: Readonly<Record<string, Rephrase>> = {
  parenthesis: (sentence) => changed(sentence, sentence.replace(/\s\((?!s\))[^()]{3,80}\)/, '')),
  relative: (sentence) => changed(sentence, sentence.replace(/, (?:which|who) [^,.;]{8,90}(?=[,.])(?:,(?= ))?/, '')),
  opening: (sentence) =>
    changed(
      sentence,
      sentence.replace(
        /^(?:However|Moreover|Furthermore|In addition|Therefore|Additionally|Also|Finally|Overall), (\w)/,
        (_, letter: string) => letter.toUpperCase(),
      ),
    ),
  digits: (sentence) =>
    changed(
      sentence,
      sentence.replace(new RegExp(`\\b(${NUMBERS.join('|')})\\b`), (word) => String(NUMBERS.indexOf(word) + 2)),
    ),
  words: (sentence) =>
    changed(
      sentence,
      sentence.replace(
        /(?<![\d.,$€£-])\b([2-9]|1[0-2])\b(?=\s[a-z]{3})/,
        (digit) => NUMBERS[Number(digit) - 2] ?? digit,
      ),
    ),
  date: (sentence) =>
    changed(sentence, sentence.replace(new RegExp(`\\b(\\d{1,2}) (${MONTHS}) (\\d{4})\\b`), '$2 $1, $3')),
  dateBack: (sentence) =>
    changed(sentence, sentence.replace(new RegExp(`\\b(${MONTHS}) (\\d{1,2}), (\\d{4})\\b`), '$2 $1 $3')),
  percent: (sentence) => changed(sentence, sentence.replace(/(\d)\s?%/, '$1 percent')),
  contraction: (sentence) =>
    changed(sentence, sentence.replace(/\b(is|are|was|were|does|do|did|has|have|should|would|could) not\b/, "$1n't")),
  front: frontTail,
  back: backHead,
  synonym: (sentence) => {
    const found = SAME.find(([from]) => new RegExp(`(?<=[a-z,] )${from}\\b`).test(sentence));
    return found === undefined ? null : sentence.replace(new RegExp(`(?<=[a-z,] )${found[0]}\\b`), found[1]);
  },
};

function changed(before: string, after: string): string | null {
  return after === before || after.length < 30 ? null : after;
}

/** "… opened in 2019." → "In 2019, … opened." */
function frontTail(sentence: string): string | null {
  const match = /^([A-Z][^,;:()]{20,}) (in|on|since|during|after|before) ((?:the )?(?:\w+ ){0,3}\w*\d{4})\.$/.exec(
    sentence,
  );
  if (match === null) return null;
  const [, rest = '', preposition = '', tail = ''] = match;
  const opening = /^(?:The|A|An|It|They|He|She|This|These|Our|All|We|In) /.test(rest)
    ? rest.charAt(0).toLowerCase() + rest.slice(1)
    : rest;
  return `${preposition.charAt(0).toUpperCase()}${preposition.slice(1)} ${tail}, ${opening}.`;
}

/** "In 2019, it opened." → "It opened in 2019." */
function backHead(sentence: string): string | null {
  const match = /^(In|On|Since|During|After|Before|For|At) ([^,.;:]{3,40}), ([^,;:()]{20,})\.$/.exec(sentence);
  if (match === null) return null;
  const [, preposition = '', head = '', rest = ''] = match;
  return `${rest.charAt(0).toUpperCase()}${rest.slice(1)} ${preposition.toLowerCase()} ${head}.`;
}

/** One way of saying it differently, of those that fit; null: none fits. */
export function rephrase(sentence: string, random: Random): { readonly kind: string; readonly text: string } | null {
  const all = Object.entries(REPHRASES).flatMap(([kind, apply]) => {
    const text = apply(sentence);
    return text === null ? [] : [{ kind, text }];
  });
  return all.length === 0 ? null : pick(random, all);
}
