import type { CandidateSentence } from '../extractive/candidate-sentences.ts';
import { classesAt, classesIn } from './class-names.ts';

/** A class, and the things that a sentence puts into it, as it writes them. */
export interface ClassMembers {
  readonly className: string;
  readonly things: readonly string[];
}

/** After the class: `Zone 2 covers Austria and Italy.` */
const HAS =
  /^\s*(?::|=|–|—|(?:is|are|covers?|includes?|comprises?|means|ist|sind|umfasst|enthält|comprend|inclut|est|sont|incluye|comprende|es|son)\b)/iu;

/** Before the class, which one word may tell more of: `Films and games are in lending category 2.` */
const IS_IN =
  /\b(?:is|are|belongs?|counts?|falls?|ist|sind|gehört|gehören|zählt|zählen|est|sont|appartient|appartiennent|es|son|pertenece|pertenecen)(?:\s+(?:in|to|as|into|under|within|zu|zur|unter|als|à|dans|en|a))+(?:\s+(?:the|der|die|la|le|el))?(?:\s+\p{L}+)?\s*$/iu;

/** Says that something is not so, or not always. */
const LIMITED =
  /\b(?:not?|never|unlike|except|until|unless|without|only if|nicht|kein\w*|außer|ohne|bis|sauf|pas|sans|excepto|salvo|sin)\b|n['’]t\b/iu;

const ITEMS = /\s*(?:[,;.]|\b(?:and|or|und|oder|et|ou|y|o)\b)\s*/iu;
const ARTICLES = /^(?:(?:all|the|an?|one|der|die|das|eine?|les?|la|une?|el|los|las|una?)\s+|l['’])+/iu;

/** The class that a sentence puts things into, and the things; null: it puts none into exactly one class. */
export function classMembers({ kind, readable, label, passage }: CandidateSentence): ClassMembers | null {
  if (LIMITED.test(readable)) return null;
  if (kind !== 'sentence') return ofCells(readable);
  const named = classesAt(readable);
  if (named.length === 0) return ofHeading(readable, rightAbove({ label, passage }));
  const [{ names, start, end } = { names: [], start: 0, end: 0 }] = named;
  const [className] = names;
  if (named.length > 1 || names.length > 1 || className === undefined) return null;
  const [before, after] = [readable.slice(0, start), readable.slice(end)];
  const has = HAS.exec(after);
  if (has !== null) return { className, things: itemsOf(after.slice(has[0].length)) };
  const isIn = IS_IN.exec(before);
  if (isIn !== null && /^\s*[.;]?\s*$/.test(after)) return { className, things: itemsOf(before.slice(0, isIn.index)) };
  return null;
}

/** What stands right above a sentence: its label, else the last heading. */
export function rightAbove({ label, passage }: Pick<CandidateSentence, 'label' | 'passage'>): string {
  return label ?? passage.headingPath.at(-1) ?? '';
}

/** Of a row or a record: one cell is the class, the others are things. */
function ofCells(readable: string): ClassMembers | null {
  const cells = readable.split('; ');
  const classes = cells.filter((cell) => isClass(cell));
  const [own] = classes;
  const [className] = own === undefined ? [] : classesIn(own);
  if (classes.length !== 1 || className === undefined) return null;
  const things = cells.filter((cell) => cell !== own).flatMap((cell) => itemsOf(cell.replace(/^[^:]{1,60}: /, '')));
  return { className, things };
}

/** Whether a cell is a class and nothing else: `Zone: 2`, `Tariff: Zone 2`. */
function isClass(cell: string): boolean {
  const [only, other] = classesAt(cell);
  if (only === undefined || other !== undefined || only.names.length > 1 || only.end !== cell.length) return false;
  return /^[^:]{0,60}(?:: )?[^:]*$/.test(cell.slice(0, only.start));
}

/** Of a list below a heading that is a class. */
function ofHeading(readable: string, heading: string): ClassMembers | null {
  const [only, other] = classesAt(heading);
  const [className] = only?.names ?? [];
  const isWhole = only !== undefined && other === undefined && only.names.length === 1 && only.end === heading.length;
  return isWhole && className !== undefined ? { className, things: itemsOf(readable) } : null;
}

function itemsOf(text: string): string[] {
  const items = text.split(ITEMS).map((item) =>
    item
      .replace(/^[-*•–\s]+/, '')
      .replace(ARTICLES, '')
      .trim(),
  );
  return items.filter((item) => item !== '');
}
