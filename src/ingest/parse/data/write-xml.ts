import { cleanLine } from '../clean-text.ts';
import type { DocumentBuilder } from '../document-builder.ts';

const TITLES: ReadonlySet<string> = new Set('title heading head caption h1 h2 h3 h4 h5 h6'.split(' '));
/** Elements of running text: their names say nothing to a reader. */
const PROSE: ReadonlySet<string> = new Set(
  'p para paragraph text simpara li item listitem section sec div body abstract b i em strong span a quote note td th cell entry'.split(
    ' ',
  ),
);
const SILENT_ATTRIBUTES = /^(?:xmlns|xml|xsi|xlink)(?::|$)|^(?:class|style|space|schemaLocation)$/;
/** A longer value is a paragraph, not a field. */
const LONGEST_FIELD = 200;
const DEEPEST_PATH = 8;

interface Frame {
  readonly name: string;
  text: string[];
  /** Short values of child elements, as `name: value`, waiting to become one record. */
  fields: string[];
  /** Whether anything was written from inside it. */
  written: boolean;
  /** Whether it has child elements that are not part of its running text. */
  nested: boolean;
}

/** Turns the events of an XML reader into blocks. */
export class XmlWriter {
  readonly #builder: DocumentBuilder;
  readonly #frames: Frame[] = [];

  constructor(builder: DocumentBuilder) {
    this.#builder = builder;
  }

  open(name: string, attributes: Readonly<Record<string, string>>): void {
    const parent = this.#frames.at(-1);
    const inline = parent !== undefined && hasText(parent);
    this.#frames.push({ name, text: [], fields: inline ? [] : fieldsOf(attributes), written: false, nested: false });
    if (parent !== undefined && !inline) parent.nested = true;
  }

  text(text: string): void {
    this.#frames.at(-1)?.text.push(text);
  }

  close(): void {
    const frame = this.#frames.pop();
    if (frame === undefined) return;
    const parent = this.#frames.at(-1);
    if (parent !== undefined && hasText(parent) && !frame.written) {
      // Mixed content: an element inside running text is part of it.
      parent.text.push(...frame.text);
      return;
    }
    const value = frame.text.join('').trim();
    if (TITLES.has(frame.name) && value !== '' && value.length <= LONGEST_FIELD * 2) this.#title(parent, value);
    else if (isField(frame, value) && parent !== undefined) this.#field(parent, frame, value);
    else this.#write(frame, value);
    if (parent !== undefined) parent.written ||= frame.written;
  }

  /** Writes what a document that breaks off left open. */
  end(): void {
    while (this.#frames.length > 0) this.close();
  }

  #title(parent: Frame | undefined, value: string): void {
    if (parent !== undefined) {
      this.#flush(parent);
      parent.written = true;
    }
    const depth = Math.min(this.#frames.length, DEEPEST_PATH);
    this.#builder.heading(Math.max(1, depth), value);
  }

  #field(parent: Frame, frame: Frame, value: string): void {
    const own = value === '' ? [] : [`${frame.name}: ${cleanLine(value)}`];
    const attributes = frame.fields.map((field) => `${frame.name} ${field}`);
    parent.fields.push(...own, ...attributes);
  }

  #write(frame: Frame, value: string): void {
    this.#flush(frame);
    if (value === '') return;
    this.#builder.add('paragraph', PROSE.has(frame.name) ? unwrap(value) : `${frame.name}: ${unwrap(value)}`);
    frame.written = true;
  }

  #flush(frame: Frame): void {
    if (frame.fields.length === 0) return;
    this.#builder.add('record', frame.fields.join('; '));
    frame.fields = [];
    frame.written = true;
  }
}

function fieldsOf(attributes: Readonly<Record<string, string>>): string[] {
  return Object.entries(attributes)
    .filter(([name, value]) => !SILENT_ATTRIBUTES.test(name) && /[\p{L}\p{N}]/u.test(value))
    .map(([name, value]) => `${name}: ${cleanLine(value)}`);
}

function hasText(frame: Frame): boolean {
  return frame.text.some((piece) => /\S/.test(piece));
}

/** A leaf with a short value: a field of the record its parent is. */
function isField(frame: Frame, value: string): boolean {
  return (
    !frame.written &&
    !frame.nested &&
    !PROSE.has(frame.name) &&
    value.length <= LONGEST_FIELD &&
    frame.fields.length <= 8
  );
}

function unwrap(value: string): string {
  return value.replace(/[ \t]*\n[ \t]*(?=\S)/g, '\n').replace(/[ \t]+/g, ' ');
}
