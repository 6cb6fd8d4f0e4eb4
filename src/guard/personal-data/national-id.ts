import { digitsOf, digitAt, mod11Over10, verhoeff, weightedSum } from './checksums.ts';
import { matches, saidNear } from './context.ts';
import type { PersonalDataSpan } from './span.ts';

/** One country's number. */
interface NationalId {
  readonly name: string;
  readonly shape: RegExp;
  /** Whether the number, without separators and in capitals, is consistent. */
  readonly valid: (compact: string) => boolean;
  /** Words that name it; needed when the form alone says too little. */
  readonly about: RegExp;
  readonly needsWords: boolean;
}

const DNI_LETTERS = 'TRWAGMYFPDXBNJZSQVHLCKE';

const numbers: readonly NationalId[] = [
  {
    // HM Revenue & Customs, NIM39110: prefixes that are never given are left out.
    name: 'UK National Insurance number',
    shape:
      /(?<![\p{L}\p{N}])(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d{2} ?\d{2} ?\d{2} ?[A-D](?![\p{L}\p{N}])/gu,
    valid: () => true,
    about: /\bnational insurance|\bnino\b|\bni (?:number|no)\b/iu,
    needsWords: false,
  },
  {
    name: 'German tax number',
    shape: /(?<![\p{L}\p{N}])[1-9]\d(?: ?\d{3}){3}(?![\p{L}\p{N}])/gu,
    valid: (digits) => mod11Over10(digits),
    about: /steuer|\bidnr\b|\btax (?:id|number)/iu,
    needsWords: true,
  },
  {
    // INSEE: 97 less the number modulo 97; 2A and 2B of Corsica count as 19 and 18.
    name: 'French social security number',
    shape:
      /(?<![\p{L}\p{N}])[12] ?\d{2} ?(?:0[1-9]|1[0-2]|[2-9]\d) ?(?:\d{2}|2[AB]) ?\d{3} ?\d{3} ?\d{2}(?![\p{L}\p{N}])/gu,
    valid: (compact) => {
      const number = compact.replace('2A', '19').replace('2B', '18');
      return 97n - (BigInt(number.slice(0, 13)) % 97n) === BigInt(number.slice(13));
    },
    about: /sécurité sociale|securite sociale|\bnir\b|\binsee\b/iu,
    needsWords: false,
  },
  {
    // Ministerio del Interior: the letter is the number modulo 23.
    name: 'Spanish DNI or NIE',
    shape: /(?<![\p{L}\p{N}])(?:\d{8}|[XYZ]-?\d{7})-?[A-HJ-NP-TV-Z](?![\p{L}\p{N}])/gu,
    valid: (compact) => {
      const number = compact.slice(0, -1).replace(/^[XYZ]/, (letter) => String('XYZ'.indexOf(letter)));
      return DNI_LETTERS[Number(number) % 23] === compact.at(-1);
    },
    about: /\bdni\b|\bnie\b|\bnif\b/iu,
    needsWords: false,
  },
  {
    name: 'Indian Aadhaar number',
    shape: /(?<![\p{L}\p{N}])[2-9]\d{3}(?<separator>[ -]?)\d{4}\k<separator>\d{4}(?![\p{L}\p{N}]|[ -]\d)/gu,
    valid: (digits) => verhoeff(digits),
    about: /aadha+r|\buidai?\b/iu,
    needsWords: true,
  },
  {
    // NHS Data Dictionary: weights 10…2, eleven less the sum modulo 11.
    name: 'NHS number',
    shape: /(?<![\p{L}\p{N}])\d{3}[ -]?\d{3}[ -]?\d{4}(?![\p{L}\p{N}])/gu,
    valid: (digits) => (11 - (weightedSum(digits, [10, 9, 8, 7, 6, 5, 4, 3, 2]) % 11)) % 11 === digitAt(digits, 9),
    about: /\bnhs\b/iu,
    needsWords: true,
  },
];

/** National numbers with their checksums: United Kingdom (NINO, NHS), Germany, France, Spain, India. */
export function detectNationalIds(text: string): PersonalDataSpan[] {
  const spans: PersonalDataSpan[] = [];
  for (const { name, shape, valid, about, needsWords } of numbers) {
    for (const match of matches(text, shape)) {
      const compact = match.value.replaceAll(/[ -]/g, '');
      if (!valid(/\p{L}/u.test(compact) ? compact : digitsOf(compact))) continue;
      const named = saidNear(text, match, about);
      if (needsWords && !named) continue;
      const { start, end } = match;
      spans.push({ start, end, type: 'national-id', score: named ? 0.97 : 0.88, reason: `${name}, form and checksum` });
    }
  }
  return spans;
}
