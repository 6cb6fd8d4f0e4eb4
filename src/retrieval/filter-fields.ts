import { PlumblineError } from '../base/index.ts';

/** What a declared field of documents' metadata holds. */
export type FieldType = 'text' | 'number' | 'date';

/** The fields a collection declares: name → type. With any declared, filters may name no other. */
export type FieldSchema = Readonly<Record<string, FieldType>>;

const TYPES: readonly unknown[] = ['text', 'number', 'date'];
const NAME = /^[\p{L}_][\p{L}\p{N}_.-]{0,99}$/u;
const MAX_FIELDS = 64;

/** A declaration of fields that cannot be used. */
class FieldsInvalid extends PlumblineError {
  constructor(problem: string) {
    super({
      code: 'fields.invalid',
      kind: 'caller',
      message:
        `The fields cannot be declared: ${problem}. Allowed: up to ${MAX_FIELDS} names of letters, digits, dots, dashes ` +
        'and underscores, beginning with a letter, each with the type text, number or date.',
    });
  }
}

/** A value that is not of its field's type. */
class FieldValueInvalid extends PlumblineError {
  constructor(field: string, type: FieldType, given: unknown) {
    super({
      code: 'metadata.invalid',
      kind: 'caller',
      message: `The field "${field}" is a ${type}, and ${shown(given)} is none. Allowed: ${inWords(type)}.`,
      details: { field, type },
    });
  }
}

/** Refuses a declaration that is not a {@link FieldSchema}. @throws PlumblineError `fields.invalid` */
export function checkFields(given: object): FieldSchema {
  const entries = Object.entries(given);
  if (entries.length > MAX_FIELDS) throw new FieldsInvalid(`there are ${entries.length}`);
  for (const [name, type] of entries) {
    if (!NAME.test(name)) throw new FieldsInvalid(`${JSON.stringify(name)} cannot be a name`);
    if (!TYPES.includes(type)) throw new FieldsInvalid(`"${name}" has the type ${shown(type)}`);
  }
  return given as FieldSchema;
}

/**
 * Refuses a document's metadata when a declared field holds something of another type; what is not declared is kept as text.
 * @throws PlumblineError `metadata.invalid`
 */
export function checkMetadata(fields: FieldSchema, metadata: Readonly<Record<string, string>>): void {
  for (const [field, type] of Object.entries(fields)) {
    const value = metadata[field];
    if (value === undefined || type === 'text') continue;
    if ((type === 'number' ? numberOf(value) : dateOf(value)) === null) throw new FieldValueInvalid(field, type, value);
  }
}

/** The number a text stands for, in decimal or with an exponent; null: it stands for none. */
export function numberOf(text: string): number | null {
  const value = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d{1,3})?$/i.test(text) ? Number(text) : Number.NaN;
  return Number.isFinite(value) ? value : null;
}

/** The instant a text stands for in milliseconds since 1970 UTC: a day, which is 00:00Z, or an instant with its offset. */
export function dateOf(text: string): number | null {
  const match = /^(\d{4}-\d{2}-\d{2})(T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2}))?$/.exec(text);
  const midnight = Date.parse(`${match?.[1]}T00:00:00Z`);
  // A day that is not in the calendar, such as 30 February, is none or comes back as another one.
  if (Number.isNaN(midnight) || new Date(midnight).toISOString().slice(0, 10) !== match?.[1]) return null;
  const value = match[2] === undefined ? midnight : Date.parse(text);
  return Number.isNaN(value) ? null : value;
}

/** What a type allows, for a message. */
export function inWords(type: FieldType): string {
  if (type === 'number') return 'a number like 12 or -3.5';
  return type === 'date' ? 'a day like 2024-06-01 or an instant like 2024-06-01T12:00:00Z' : 'a text';
}

/** A value as a message shows it. */
export function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
