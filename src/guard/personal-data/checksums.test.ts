import fc from 'fast-check';
import { expect, test } from 'vitest';
import { digitAt, ibanMod97, luhn, mod11Over10, verhoeff, weightedSum } from './checksums.ts';

const digit = fc.integer({ min: 0, max: 9 });
const body = fc.array(digit, { minLength: 5, maxLength: 18 }).map((digits) => digits.join(''));

const checks = [
  { name: 'Luhn', holds: luhn },
  { name: 'Verhoeff', holds: verhoeff },
  { name: 'MOD 11,10', holds: mod11Over10 },
];

test.each(checks)('$name: exactly one last digit fits', ({ holds }) => {
  fc.assert(
    fc.property(body, (digits) => {
      const fitting = Array.from({ length: 10 }, (_, last) => `${digits}${last}`).filter(holds);
      expect(fitting).toHaveLength(1);
    }),
  );
});

test.each(checks)('$name: one changed digit is noticed', ({ holds }) => {
  fc.assert(
    fc.property(body, fc.nat(), fc.integer({ min: 1, max: 9 }), (digits, where, by) => {
      const valid = Array.from({ length: 10 }, (_, last) => `${digits}${last}`).find(holds) ?? '';
      const at = where % valid.length;
      const changed = valid.slice(0, at) + ((digitAt(valid, at) + by) % 10) + valid.slice(at + 1);
      expect(holds(changed)).toBe(false);
    }),
  );
});

test('Verhoeff notices two neighbours in the wrong order', () => {
  fc.assert(
    fc.property(body, fc.nat(), (digits, where) => {
      const valid = Array.from({ length: 10 }, (_, last) => `${digits}${last}`).find(verhoeff) ?? '';
      const at = where % (valid.length - 1);
      fc.pre(valid.charAt(at) !== valid.charAt(at + 1));
      expect(verhoeff(valid.slice(0, at) + valid.charAt(at + 1) + valid.charAt(at) + valid.slice(at + 2))).toBe(false);
    }),
  );
});

test('the published examples', () => {
  expect(luhn('49927398716')).toBe(true);
  expect(verhoeff('2363')).toBe(true);
  expect(ibanMod97('GB82WEST12345698765432')).toBe(true);
  expect(ibanMod97('GB82WEST12345698765423')).toBe(false);
  expect(ibanMod97('GB82 WEST')).toBe(false);
  expect(mod11Over10('86095742719')).toBe(true);
  expect(weightedSum('123', [3, 2, 1])).toBe(10);
  expect(luhn('') || verhoeff('')).toBe(false);
});

test('exactly one pair of check digits fits an account', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[A-Z]{2}[A-Z0-9]{11,30}$/), (account) => {
      const pairs = Array.from({ length: 97 }, (_, check) => String(check + 2).padStart(2, '0'));
      const fitting = pairs.filter((pair) => ibanMod97(account.slice(0, 2) + pair + account.slice(2)));
      expect(fitting).toHaveLength(1);
    }),
  );
});
