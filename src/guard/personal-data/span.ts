/** Every kind of personal data there is a detector for; docs/privacy.md says what each one covers. */
export const personalDataTypes = [
  'person',
  'title',
  'organisation',
  'location',
  'street-address',
  'postcode',
  'group',
  'email',
  'phone',
  'url',
  'ip-address',
  'payment-card',
  'iban',
  'us-ssn',
  'national-id',
  'driver-licence',
  'date-of-birth',
  'date',
  'age',
] as const;

/** A kind of personal data. `group` is a nationality, a religion, a political or an ethnic group. */
export type PersonalDataType = (typeof personalDataTypes)[number];

/** One place of a text that holds personal data. Never holds the words themselves. */
export interface PersonalDataSpan {
  /** First UTF-16 code unit. */
  readonly start: number;
  /** One past the last UTF-16 code unit. */
  readonly end: number;
  readonly type: PersonalDataType;
  /** How sure the detector is, 0…1, higher is surer: .9 and more with a checksum or two signs that agree, .5 with one. */
  readonly score: number;
  /** The evidence in words, for example `Luhn checksum, Visa range`. Never holds the value. */
  readonly reason: string;
}

/** Finds one kind of personal data in a text. Pure; spans may overlap and come in any order. */
export type Detector = (text: string) => PersonalDataSpan[];
