import picomatch from 'picomatch';
import { SourceBadPattern } from './source-error.ts';

const MAX_PATTERNS = 100;
const MAX_PATTERN_LENGTH = 300;
/** More wildcards than this in one pattern make matching slow (backtracking). */
const MAX_WILDCARDS = 12;
const ALLOWED = `a glob such as *.md or reports/**, at most ${MAX_PATTERN_LENGTH} characters, ${MAX_WILDCARDS} wildcards, ${MAX_PATTERNS} patterns, without control characters and ".."`;

/** Tells whether a path relative to the root (with `/`, a folder without its ending slash) is selected. */
export type PathMatcher = (path: string) => boolean;

/**
 * Compiles globs as people type them: a pattern without a slash matches at any depth, one with a slash counts from the
 * root; `docs/` is the folder and all inside it. Case counts.
 * @returns null when there are no patterns
 * @throws SourceBadPattern
 */
export function compilePatterns(patterns: readonly string[]): PathMatcher | null {
  if (patterns.length === 0) return null;
  if (patterns.length > MAX_PATTERNS) throw new SourceBadPattern(`${patterns.length} patterns`, ALLOWED);
  return picomatch(patterns.flatMap(expand), { dot: true, nonegate: true });
}

function expand(given: string): string[] {
  const pattern = given.trim().replace(/^(\.?\/)+/, '');
  const wildcards = pattern.match(/[*?+@!({[]/g)?.length ?? 0;
  const unusable =
    pattern === '' ||
    pattern.length > MAX_PATTERN_LENGTH ||
    wildcards > MAX_WILDCARDS ||
    /\p{Cc}|(^|\/)\.\.(\/|$)/u.test(pattern);
  if (unusable) throw new SourceBadPattern(given, ALLOWED);
  const bare = pattern.replace(/\/+$/, '');
  const rooted = bare.includes('/') ? bare : `**/${bare}`;
  return pattern.endsWith('/') ? [`${rooted}/**`] : [rooted];
}
