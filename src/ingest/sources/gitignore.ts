import ignore, { type Ignore } from 'ignore';

/** The library remembers every path it was asked about; after this many it is made anew, so that memory stays bounded. */
const MAX_REMEMBERED = 2_000;
/** A rule with more wildcards than this could make one match slow (backtracking); it is not used. */
const MAX_WILDCARDS = 12;
const MAX_RULE_LENGTH = 500;

/** The rules of one `.gitignore`, applied to paths relative to its folder. */
export class GitignoreFile {
  readonly #rules: readonly string[];
  #matcher: Ignore | undefined;
  #asked = 0;

  /** @param text the file's content */
  constructor(text: string) {
    this.#rules = text.split(/\r?\n/).filter(usable);
  }

  /** What this file alone says; `none` when no rule matches. A folder's path ends in `/`. */
  verdict(path: string): 'ignored' | 'kept' | 'none' {
    if (this.#rules.length === 0) return 'none';
    if (this.#asked++ % MAX_REMEMBERED === 0) this.#matcher = undefined;
    this.#matcher ??= ignore({ allowRelativePaths: true }).add(this.#rules);
    const { ignored, unignored } = this.#matcher.test(path);
    if (ignored) return 'ignored';
    return unignored ? 'kept' : 'none';
  }
}

function usable(rule: string): boolean {
  return rule !== '' && rule.length <= MAX_RULE_LENGTH && (rule.match(/[*?[]/g)?.length ?? 0) <= MAX_WILDCARDS;
}

/** The `.gitignore` files from the root down to one folder, innermost first. */
export interface GitignoreChain {
  /** Folder of the file relative to the root: empty, or ending in `/`. */
  readonly base: string;
  readonly file: GitignoreFile;
  readonly outer: GitignoreChain | null;
}

/**
 * Whether the files say that a path is ignored: the innermost file with a matching rule decides. A folder above the path
 * is not looked at; the walk never enters an ignored folder, as Git does not.
 * @param path relative to the root; a folder ends in `/`
 */
export function isGitignored(path: string, innermost: GitignoreChain | null): boolean {
  for (let chain = innermost; chain !== null; chain = chain.outer) {
    const verdict = chain.file.verdict(path.slice(chain.base.length));
    if (verdict !== 'none') return verdict === 'ignored';
  }
  return false;
}
