/** Steps from the root of a value: names of properties, positions in arrays. */
export type Path = readonly (string | number)[];

/** A string, a number or a boolean in a value, and where. */
export interface Leaf {
  readonly path: Path;
  readonly value: string | number | boolean;
}

/** All of them, in the order in which they are written; null and an empty text say nothing and are none. */
export function leavesOf(value: unknown, path: Path = []): Leaf[] {
  if (value === null || value === undefined || value === '') return [];
  if (Array.isArray(value)) return value.flatMap((each, i) => leavesOf(each, [...path, i]));
  if (typeof value === 'object')
    return Object.entries(value).flatMap(([name, each]) => leavesOf(each, [...path, name]));
  return [{ path, value: value as Leaf['value'] }];
}

/** A path as JSON pointer (RFC 6901). */
export function pointerOf(path: Path): string {
  return path.map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

/** The value without what stands at the path, or with null there; a copy. @param path not the root's */
export function edited(value: unknown, path: Path, how: 'left-out' | 'null'): unknown {
  const [step, ...rest] = path;
  if (Array.isArray(value)) {
    if (rest.length === 0 && how === 'left-out') return value.filter((_, i) => i !== step);
    return value.map((each: unknown, i) => (i === step ? (rest.length === 0 ? null : edited(each, rest, how)) : each));
  }
  const entries = Object.entries(value as Record<string, unknown>);
  if (rest.length === 0 && how === 'left-out') return Object.fromEntries(entries.filter(([name]) => name !== step));
  return Object.fromEntries(
    entries.map(([name, each]) => [name, name === step ? (rest.length === 0 ? null : edited(each, rest, how)) : each]),
  );
}

/** A value as JSON, and where each leaf stands in it: half-open, UTF-16 code units, by JSON pointer. */
export function writtenJson(value: unknown): { readonly text: string; readonly places: ReadonlyMap<string, Place> } {
  const places = new Map<string, Place>();
  let text = '';
  const write = (each: unknown, path: Path): void => {
    const indent = '  '.repeat(path.length);
    const isArray = Array.isArray(each);
    if (typeof each !== 'object' || each === null) {
      const start = text.length;
      text += JSON.stringify(each);
      if (each !== null) places.set(pointerOf(path), { start, end: text.length });
      return;
    }
    const entries = Object.entries(each);
    text += isArray ? '[' : '{';
    entries.forEach(([name, below], i) => {
      text += `${i === 0 ? '' : ','}\n${indent}  ${isArray ? '' : `${JSON.stringify(name)}: `}`;
      write(below, [...path, isArray ? i : name]);
    });
    text += `${entries.length === 0 ? '' : `\n${indent}`}${isArray ? ']' : '}'}`;
  };
  write(value, []);
  return { text, places };
}

/** A stretch of a text. */
export interface Place {
  readonly start: number;
  readonly end: number;
}
