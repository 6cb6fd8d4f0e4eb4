/** A field of a record `name: value; name: value`, as records are written into a text. */
export interface RecordField {
  readonly name: string;
  /** Where its name begins, in UTF-16 code units. */
  readonly start: number;
}

/** `Name: value` at the beginning or after `; `. A name is short and holds no mark but dots between the parts of a path. */
const FIELD = /(?:^|; )((?:[^:;.!?\n]|\.(?=\w)){1,40}): /g;

/** The fields of a text, in order; [] when none is there. */
export function recordFieldsOf(text: string): RecordField[] {
  return Array.from(text.matchAll(FIELD), ({ 0: field, 1: name = '', index }) => {
    return { name, start: index + (field.startsWith('; ') ? 2 : 0) };
  });
}
