/**
 * Reads the beginning of a JSON text: strings, arrays and objects that are not finished yet are closed, what cannot be
 * told yet (half a number, a key without a value) is left out.
 * @param heldBack how many units at the end of an unfinished string, as it is written, are left out as well
 * @returns undefined when nothing can be told yet, or when it is no JSON
 */
export function readPartialJson(text: string, heldBack: (string: string) => number = () => 0): unknown {
  const from = text.search(/[{[]/);
  if (from < 0) return undefined;
  try {
    return JSON.parse(new Scan(text, from, heldBack).closed());
  } catch {
    return undefined;
  }
}

interface Open {
  readonly bracket: '{' | '[';
  /** Of an object: whether a key or a value comes next. */
  expects: 'key' | 'value';
}

/** Goes through the text once and remembers up to where it can be kept and what would close it there. */
class Scan {
  readonly #text: string;
  readonly #from: number;
  readonly #heldBack: (string: string) => number;
  readonly #open: Open[] = [];
  #at: number;
  #keep: number;
  #closing = '';

  constructor(text: string, from: number, heldBack: (string: string) => number) {
    this.#heldBack = heldBack;
    this.#text = text;
    this.#from = from;
    this.#at = from;
    this.#keep = from;
  }

  /** The text up to its last value, closed. */
  closed(): string {
    do this.#step();
    while (this.#at < this.#text.length && this.#open.length > 0);
    return this.#text.slice(this.#from, this.#keep) + this.#closing;
  }

  #step(): void {
    const character = this.#text[this.#at] as string;
    if (character === '"') this.#string();
    else if (/[-\w]/.test(character)) this.#word();
    else {
      this.#at++;
      this.#sign(character);
    }
  }

  #sign(character: string): void {
    const top = this.#open.at(-1);
    if (character === '{' || character === '[') {
      this.#open.push({ bracket: character, expects: character === '{' ? 'key' : 'value' });
      this.#keepUpTo(this.#at);
    } else if (character === '}' || character === ']') {
      this.#open.pop();
      this.#keepUpTo(this.#at);
    } else if (top !== undefined && (character === ':' || character === ',')) {
      top.expects = character === ':' || top.bracket === '[' ? 'value' : 'key';
    }
  }

  #string(): void {
    const isValue = this.#open.at(-1)?.expects !== 'key';
    const end = endOfString(this.#text, this.#at);
    if (isValue && end !== null) this.#keepUpTo(end);
    if (isValue && end === null) this.#keepUpTo(this.#endOfWhole(), '"');
    this.#at = end ?? this.#text.length;
  }

  /** Where what can be shown of an unfinished string ends. */
  #endOfWhole(): number {
    const end = lastWhole(this.#text, this.#at);
    return end - this.#heldBack(this.#text.slice(this.#at + 1, end));
  }

  /** A number, true, false, null; at the very end it may go on. */
  #word(): void {
    do this.#at++;
    while (this.#at < this.#text.length && /[-+.\w]/.test(this.#text[this.#at] as string));
    if (this.#at < this.#text.length) this.#keepUpTo(this.#at);
  }

  #keepUpTo(at: number, quote = ''): void {
    const brackets = this.#open.map(({ bracket }) => (bracket === '{' ? '}' : ']')).reverse();
    this.#keep = at;
    this.#closing = quote + brackets.join('');
  }
}

/** Behind the closing quote; null when there is none yet. */
function endOfString(text: string, start: number): number | null {
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === '"') return at + 1;
  }
  return null;
}

/** The end of an unfinished string without half an escape at its end. */
function lastWhole(text: string, start: number): number {
  const inside = text.slice(start + 1);
  const half = /(?:^|[^\\])(?:\\\\)*(\\(?:u[0-9a-fA-F]{0,3})?)$/.exec(inside)?.[1];
  return text.length - (half?.length ?? 0);
}
