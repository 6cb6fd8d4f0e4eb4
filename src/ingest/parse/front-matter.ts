import { cleanLine } from './clean-text.ts';
import type { DeclaredFacts } from './parsed-document.ts';

type Facts = { -readonly [Key in keyof DeclaredFacts]: DeclaredFacts[Key] };

const FENCED = /^---[ \t]*\n([\s\S]*?)\n(?:---|\.\.\.)[ \t]*(?:\n|$)/;
const LONGEST = 64 * 1024;

/** A text and what stood above it. */
export interface FrontMatter {
  readonly declared: DeclaredFacts;
  /** Offset of the first character after the front matter; 0 when there is none. */
  readonly bodyStart: number;
}

/**
 * Reads the front matter of a Markdown text: `key: value` lines and simple lists between `---` fences. Known keys, in
 * camelCase, snake_case or kebab-case: title, effectiveFrom, effectiveTo, tags, language (or lang), author.
 * A subset of YAML on purpose: a full YAML reader is a large door for hostile input.
 */
export function readFrontMatter(source: string): FrontMatter {
  if (!source.startsWith('---')) return { declared: {}, bodyStart: 0 };
  const match = FENCED.exec(source.slice(0, LONGEST));
  if (match === null || !/^[\w-]+\s*:/m.test(match[1] ?? '')) return { declared: {}, bodyStart: 0 };
  return { declared: declaredFacts(readPairs(match[1] ?? '')), bodyStart: match[0].length };
}

/**
 * An instant as documents write it: a bare date is 00:00Z, a time without zone is UTC.
 * @returns milliseconds since 1970 UTC, or undefined when it is no date
 */
function parseInstant(value: string): number | undefined {
  const match = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)\s*(Z|[+-]\d{2}:?\d{2})?)?$/i.exec(
    value,
  );
  if (match === null) return undefined;
  const [, year, month, day, time = '00:00', zone = 'Z'] = match;
  const instant = Date.parse(`${year}-${month}-${day}T${time}${zone}`);
  const checked = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  return Number.isNaN(instant) || checked.getUTCDate() !== Number(day) ? undefined : instant;
}

function readPairs(source: string): Map<string, string[]> {
  const pairs = new Map<string, string[]>();
  let last: string[] | undefined;
  for (const line of source.split('\n')) {
    const pair = /^([A-Za-z][\w-]*)\s*:\s*(.*)$/.exec(line);
    const item = /^\s*-\s+(.*)$/.exec(line);
    if (pair !== null) {
      last = listOf(pair[2] ?? '');
      pairs.set((pair[1] ?? '').toLowerCase().replace(/[-_]/g, ''), last);
    } else if (item !== null) last?.push(unquote(item[1] ?? ''));
  }
  return pairs;
}

function listOf(value: string): string[] {
  const trimmed = value.replace(/\s+#.*$/, '').trim();
  if (trimmed === '' || trimmed === '|' || trimmed === '>') return [];
  if (trimmed.startsWith('[') && trimmed.endsWith(']')) {
    return trimmed
      .slice(1, -1)
      .split(',')
      .map(unquote)
      .filter((entry) => entry !== '');
  }
  return [unquote(trimmed)];
}

function unquote(value: string): string {
  const trimmed = value.trim();
  const quoted = /^(["'])(.*)\1$/.exec(trimmed);
  return cleanLine(quoted?.[2] ?? trimmed);
}

function declaredFacts(pairs: ReadonlyMap<string, string[]>): DeclaredFacts {
  const one = (...keys: string[]): string | undefined =>
    keys.map((key) => pairs.get(key)?.join(', ')).find((value) => value !== undefined && value !== '');
  const facts: Facts = {};
  const title = one('title');
  const author = one('author', 'authors');
  const language = one('language', 'lang');
  const from = parseInstant(one('effectivefrom', 'validfrom') ?? '');
  const to = parseInstant(one('effectiveto', 'validto') ?? '');
  const tags = pairs
    .get('tags')
    ?.flatMap((tag) => tag.split(','))
    .map((tag) => tag.trim());
  if (title !== undefined) facts.title = title;
  if (author !== undefined) facts.author = author;
  if (language !== undefined) facts.language = language;
  if (from !== undefined) facts.effectiveFrom = from;
  if (to !== undefined) facts.effectiveTo = to;
  if (tags !== undefined && tags.length > 0) facts.tags = tags.filter((tag) => tag !== '');
  return facts;
}
