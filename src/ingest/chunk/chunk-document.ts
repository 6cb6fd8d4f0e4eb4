import type { TokenCounter } from '../../models/index.ts';
import type { Chunk, ChunkOptions, ParsedDocument } from '../parse/parsed-document.ts';
import { checkChunking } from './chunk-options.ts';
import { HeaderWriter, samePath } from './header.ts';
import { type Pack, type PackRules, packUnits } from './pack.ts';
import { ParentFinder } from './parents.ts';
import { type Cutting, cutUnits, type Grain, type Unit } from './units.ts';

/** A document's chunks, and what made them. */
export interface ChunkedDocument {
  /** Name and revision: another one may cut the same text differently. */
  readonly chunker: string;
  readonly chunks: readonly Chunk[];
}

/** What a chunker needs beside the document. */
export interface ChunkContext {
  readonly options: ChunkOptions;
  readonly counter: TokenCounter;
  /** Stands in for a missing title, usually the file's name. */
  readonly fallbackTitle: string;
  /** Called now and then during long work. */
  readonly progress?: () => void;
}

interface Strategy {
  readonly name: string;
  readonly grain: Grain;
  readonly rules: (options: ChunkOptions) => PackRules;
}

/** A chunk lighter than this part of the limit is joined with the section that follows, if they belong together. */
const TINY = 1 / 4;

const strategies: Readonly<Record<ChunkOptions['strategy'], Strategy>> = {
  structural: { name: 'structural@1', grain: 'block', rules: structuralRules },
  fixed: { name: 'fixed@1', grain: 'word', rules: flatRules },
  sentence: { name: 'sentence@1', grain: 'sentence', rules: flatRules },
};

/**
 * Cuts a document into chunks. Pure and deterministic. Every character of every block that is not white space is in
 * a chunk; ordinals count from 0; parents contain their chunk.
 * @throws ChunkingInvalid
 */
export function chunkDocument(document: ParsedDocument, context: ChunkContext): ChunkedDocument {
  const { options, counter } = context;
  checkChunking(options);
  const strategy = strategies[options.strategy];
  const progress = context.progress ?? (() => undefined);
  const { text } = document;
  const count = counter.within?.(text) ?? ((start, end) => counter.count(text.slice(start, end)));
  const cutting: Cutting = { text, count, limit: options.bodyTokens, progress };
  const units = cutUnits(document.blocks, strategy.grain, cutting);
  const packs = packUnits(units, strategy.rules(options), cutting);
  const headers = new HeaderWriter(document.title ?? context.fallbackTitle, counter, options.headerTokens);
  const parents = new ParentFinder(units, options.parentTokens);
  const chunks = packs.map((pack, ordinal): Chunk => {
    progress();
    return chunkOf(pack, ordinal, { units, headers, parents });
  });
  return { chunker: strategy.name, chunks };
}

interface Making {
  readonly units: readonly Unit[];
  readonly headers: HeaderWriter;
  readonly parents: ParentFinder;
}

function chunkOf(pack: Pack, ordinal: number, { units, headers, parents }: Making): Chunk {
  const headingPath = pathOf(units, pack);
  const { header, tokens } = headers.write(headingPath);
  const parent = parents.find(pack);
  return {
    ordinal,
    start: pack.start,
    end: pack.end,
    page: (units[pack.from] as Unit).block.page,
    headingPath,
    header,
    tokenCount: tokens + pack.tokens,
    parentStart: parent.start,
    parentEnd: parent.end,
  };
}

/** What the paths of its blocks have in common; headings count only where there is nothing else. */
function pathOf(units: readonly Unit[], pack: Pack): readonly string[] {
  let common: readonly string[] | undefined;
  let heading: readonly string[] = [];
  for (let index = pack.first; index <= pack.last; index += 1) {
    const { kind, headingPath } = (units[index] as Unit).block;
    if (kind === 'heading') heading = headingPath;
    else common = common === undefined ? headingPath : commonPath(common, headingPath);
  }
  return common ?? heading;
}

function commonPath(one: readonly string[], other: readonly string[]): readonly string[] {
  if (samePath(one, other)) return one;
  let length = 0;
  while (length < one.length && length < other.length && one[length] === other[length]) length += 1;
  return one.slice(0, length);
}

/** Sections stay together and apart; overlap only where prose had to be cut. */
function structuralRules({ bodyTokens, overlapTokens }: ChunkOptions): PackRules {
  return {
    limit: bodyTokens,
    overlap: overlapTokens,
    leads: (unit) => unit.block.kind === 'heading',
    breaksBefore(units, index, pack) {
      const unit = units[index] as Unit;
      const before = units[index - 1] as Unit;
      if (samePath(unit.block.headingPath, before.block.headingPath)) return false;
      if (before.block.kind === 'heading') return false;
      const start = (units[pack.first] as Unit).block.headingPath;
      return pack.weight >= bodyTokens * TINY || (start.length > 0 && start[0] !== unit.block.headingPath[0]);
    },
    overlapsBefore(units, index) {
      const unit = units[index] as Unit;
      const before = units[index - 1];
      return (
        before !== undefined &&
        isProse(unit) &&
        isProse(before) &&
        samePath(unit.block.headingPath, before.block.headingPath)
      );
    },
  };
}

function isProse(unit: Unit): boolean {
  return unit.block.kind !== 'heading' && unit.block.kind !== 'table-row' && unit.block.kind !== 'record';
}

/** Windows that know nothing of structure. */
function flatRules({ bodyTokens, overlapTokens }: ChunkOptions): PackRules {
  return {
    limit: bodyTokens,
    overlap: overlapTokens,
    leads: () => false,
    breaksBefore: () => false,
    overlapsBefore: (_, index) => index > 0,
  };
}
