import { analyse } from '../../retrieval/index.ts';
import { synonymGroups } from '../claims/index.ts';

let groups: Map<string, Set<string>> | null = null;
const NONE: ReadonlySet<string> = new Set();

/** Terms that may stand for a term, itself among them; empty: none are known. English. */
export function synonymsOf(term: string): ReadonlySet<string> {
  groups ??= readGroups();
  return groups.get(term) ?? NONE;
}

function readGroups(): Map<string, Set<string>> {
  const read = new Map<string, Set<string>>();
  for (const group of synonymGroups()) {
    const terms = group.flatMap((word) => analyse(word)[0] ?? []);
    for (const term of terms) {
      const known = read.get(term) ?? new Set<string>();
      for (const other of terms) known.add(other);
      read.set(term, known);
    }
  }
  return read;
}
