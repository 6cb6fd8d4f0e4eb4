import { cleanLine } from '../clean-text.ts';
import type { DocumentBuilder } from '../document-builder.ts';
import type { ReportProgress } from '../parse-file.ts';

/** A record is written as one block up to about this length; a larger one is taken apart. */
const RECORD_LENGTH = 600;
/** Values nested deeper are left out, with a warning. */
const DEEPEST = 64;

type Scalar = string | number | boolean | null;

/** Flattens a JSON value into records `path: value; path: value`. */
export class JsonWriter {
  readonly #builder: DocumentBuilder;
  readonly #progress: ReportProgress;
  #tooDeep = false;

  constructor(builder: DocumentBuilder, progress: ReportProgress) {
    this.#builder = builder;
    this.#progress = progress;
  }

  /** Writes one value. `path` names where it is; it becomes the heading path of the records below. */
  write(value: unknown, path: readonly string[] = [], depth = 0): void {
    this.#progress();
    if (isScalar(value)) this.#record(path.slice(0, -1), textOf(path.at(-1) ?? '', value));
    else if (depth >= DEEPEST) this.#warn();
    else {
      const whole = flatten(value, RECORD_LENGTH);
      if (whole !== null) this.#record(path, whole);
      else if (Array.isArray(value)) this.#array(value, path, depth);
      else this.#object(value as Record<string, unknown>, path, depth);
    }
  }

  #array(values: readonly unknown[], path: readonly string[], depth: number): void {
    let scalars: Scalar[] = [];
    const flush = (): void => {
      const text = scalars.map((value) => textOf('', value)).filter((entry) => entry !== '');
      if (text.length > 0) this.#record(path, text.join(', '));
      scalars = [];
    };
    for (const value of values) {
      if (!isScalar(value)) {
        flush();
        this.write(value, path, depth + 1);
      } else if (scalars.push(value) >= 20) flush();
    }
    flush();
  }

  #object(value: Record<string, unknown>, path: readonly string[], depth: number): void {
    const entries = Object.entries(value);
    const own = entries.filter((entry): entry is [string, Scalar] => isScalar(entry[1]));
    this.#record(path, join(own.map(([key, scalar]) => textOf(key, scalar))));
    for (const [key, nested] of entries)
      if (!isScalar(nested)) this.write(nested, [...path, cleanLine(key)], depth + 1);
  }

  #record(path: readonly string[], text: string): void {
    this.#builder.under(path);
    this.#builder.add('record', text);
  }

  #warn(): void {
    if (!this.#tooDeep) this.#builder.warnings.push(`Values nested deeper than ${DEEPEST} levels were left out.`);
    this.#tooDeep = true;
  }
}

function isScalar(value: unknown): value is Scalar {
  return value === null || typeof value !== 'object';
}

function textOf(name: string, value: Scalar): string {
  const text = value === null ? '' : cleanLine(String(value));
  return text === '' || name === '' ? text : `${cleanLine(name)}: ${text}`;
}

function join(entries: readonly string[]): string {
  return entries.filter((entry) => entry !== '').join('; ');
}

/** A small value on one line; null when it is longer than `longest` or nested deeply. */
function flatten(value: unknown, longest: number): string | null {
  const entries: string[] = [];
  let length = 0;
  const visit = (nested: unknown, name: string, depth: number): boolean => {
    if (depth > 8 || length > longest) return false;
    if (isScalar(nested)) {
      if (typeof nested === 'string' && nested.length > longest) return false;
      const text = textOf(name, nested);
      length += text.length + 2;
      entries.push(text);
      return length <= longest;
    }
    if (Array.isArray(nested) && nested.every(isScalar))
      return visit(nested.map((one) => textOf('', one)).join(', '), name, depth);
    const named = Array.isArray(nested) ? nested.map((one) => ['', one] as const) : Object.entries(nested as object);
    return named.every(([key, one]) => visit(one, key === '' ? name : name === '' ? key : `${name}.${key}`, depth + 1));
  };
  return visit(value, '', 0) ? join(entries) : null;
}
