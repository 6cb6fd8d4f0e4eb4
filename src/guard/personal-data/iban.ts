import { ibanMod97 } from './checksums.ts';
import { matches } from './context.ts';
import type { PersonalDataSpan } from './span.ts';

/** Country → length, from the SWIFT IBAN registry (ISO 13616). */
const lengths: Readonly<Record<string, number>> = Object.fromEntries(
  (
    'AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 EE20 EG29 ES24 ' +
    'FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HN28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 ' +
    'LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 PT25 QA29 RO24 RS22 ' +
    'RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20 YE30'
  )
    .split(' ')
    .map((entry) => [entry.slice(0, 2), Number(entry.slice(2))]),
);

const ibanShape = /(?<![\p{L}\p{N}])[A-Za-z]{2}[0-9]{2}(?:[ -]?[A-Za-z0-9]){11,30}/gu;

/** International bank account numbers: the country's length and the check digits modulo 97. */
export function detectIbans(text: string): PersonalDataSpan[] {
  const spans: PersonalDataSpan[] = [];
  for (const { start, value } of matches(text, ibanShape)) {
    const country = value.slice(0, 2).toUpperCase();
    const length = lengths[country];
    if (length === undefined) continue;
    const end = lengthOfUnits(value, length);
    if (end === null || /^[\p{L}\p{N}]/u.test(text.slice(start + end))) continue;
    if (!ibanMod97(value.slice(0, end).replaceAll(/[ -]/g, '').toUpperCase())) continue;
    const reason = `length of ${country}, checksum modulo 97`;
    spans.push({ start, end: start + end, type: 'iban', score: 0.99, reason });
  }
  return spans;
}

/** Where the given number of letters and digits ends; null when there are fewer. */
function lengthOfUnits(value: string, count: number): number | null {
  let seen = 0;
  for (let index = 0; index < value.length; index++) {
    if (/[A-Za-z0-9]/.test(value.charAt(index)) && ++seen === count) return index + 1;
  }
  return null;
}
