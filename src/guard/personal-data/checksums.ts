/**
 * The check digits of cards, accounts and national numbers. Each takes the digits (or capitals) without separators and
 * says whether they are consistent; one random change is noticed in at least nine cases of ten.
 */

/** Luhn's check digit (US patent 2,950,048; ISO/IEC 7812-1 annex B). */
export function luhn(digits: string): boolean {
  let sum = 0;
  for (let index = 0; index < digits.length; index++) {
    const digit = digitAt(digits, digits.length - 1 - index);
    const doubled = index % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return digits.length > 0 && sum % 10 === 0;
}

/** ISO/IEC 7064 MOD 97-10 as IBANs use it (ISO 13616): country and check digits moved to the end, letters as 10…35. */
export function ibanMod97(compact: string): boolean {
  let remainder = 0;
  for (const character of compact.slice(4) + compact.slice(0, 4)) {
    const value = Number.parseInt(character, 36);
    if (Number.isNaN(value)) return false;
    remainder = (remainder * (value > 9 ? 100 : 10) + value) % 97;
  }
  return remainder === 1;
}

/** ISO/IEC 7064 MOD 11,10: the last digit checks the others (German tax number). */
export function mod11Over10(digits: string): boolean {
  let product = 10;
  for (let index = 0; index < digits.length - 1; index++) {
    const sum = (digitAt(digits, index) + product) % 10;
    product = ((sum === 0 ? 10 : sum) * 2) % 11;
  }
  return (11 - product) % 10 === digitAt(digits, digits.length - 1);
}

/**
 * Sum of digit × weight.
 * @param weights one per leading digit; further digits do not count
 */
export function weightedSum(digits: string, weights: readonly number[]): number {
  return weights.reduce((sum, weight, index) => sum + weight * digitAt(digits, index), 0);
}

const VERHOEFF_MULTIPLY = [
  '0123456789',
  '1234067895',
  '2340178956',
  '3401289567',
  '4012395678',
  '5987604321',
  '6598710432',
  '7659821043',
  '8765932104',
  '9876543210',
];
const VERHOEFF_PERMUTE = [
  '0123456789',
  '1576283094',
  '5803796142',
  '8916043527',
  '9453126870',
  '4286573901',
  '2793806415',
  '7046913258',
];

/** Verhoeff's check digit over the dihedral group D5 (J. Verhoeff, Error Detecting Decimal Codes, 1969; Aadhaar). */
export function verhoeff(digits: string): boolean {
  let check = 0;
  for (let index = 0; index < digits.length; index++) {
    const digit = digitAt(digits, digits.length - 1 - index);
    check = digitAt(VERHOEFF_MULTIPLY[check] ?? '', digitAt(VERHOEFF_PERMUTE[index % 8] ?? '', digit));
  }
  return digits.length > 0 && check === 0;
}

/** The digit at an index as a number; NaN beyond the end. */
export function digitAt(digits: string, index: number): number {
  return digits.charCodeAt(index) - 48;
}

/** A text without everything that is not an ASCII digit. */
export function digitsOf(text: string): string {
  return text.replaceAll(/[^0-9]/g, '');
}
