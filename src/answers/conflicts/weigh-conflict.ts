import { hash } from 'node:crypto';
import type { Citation } from '../answer.ts';
import type { Conflict, ConflictSide } from './conflict.ts';
import type { FoundConflict } from './find-conflicts.ts';
import type { SourceFacts } from './source-facts.ts';

/** Where a text came from, most deliberate first: what equal authority and age are ordered by. */
const PROVENANCE: readonly ConflictSide['provenance'][] = ['upload', 'file', 'folder', 'url'];

/**
 * A conflict as it is shown: its sides best first, by authority, then by the later beginning of validity, then by when it
 * was learnt, then by provenance.
 * @param citations what is cited; a side whose words stand in none of them is left out
 * @returns null when fewer than two sides are left
 */
export function weighConflict(
  found: FoundConflict,
  citations: readonly Citation[],
  facts: ReadonlyMap<string, SourceFacts>,
): Conflict | null {
  const sides = found.sides.flatMap(({ sentence: { sentence }, says }): ConflictSide[] => {
    const { versionId } = sentence.passage;
    const citation = citations.findIndex(
      (each) => each.versionId === versionId && each.start <= sentence.start && each.end >= sentence.end,
    );
    const known = facts.get(versionId);
    if (citation === -1 || known === undefined) return [];
    return [{ citation, says, effectiveFrom: citations[citation]?.effectiveFrom ?? '', ...known }];
  });
  if (sides.length < 2) return null;
  sides.sort(byTrust);
  return { key: keyOf(sides, citations), sides, reason: reasonOf(sides, citations) };
}

function byTrust(a: ConflictSide, b: ConflictSide): number {
  return (
    b.authority - a.authority ||
    Date.parse(b.effectiveFrom) - Date.parse(a.effectiveFrom) ||
    Date.parse(b.recordedAt) - Date.parse(a.recordedAt) ||
    PROVENANCE.indexOf(a.provenance) - PROVENANCE.indexOf(b.provenance)
  );
}

/** The same places give the same key, in whatever order they were found. */
function keyOf(sides: readonly ConflictSide[], citations: readonly Citation[]): string {
  const places = sides.map(({ citation }) => {
    const { documentId, versionId, start, end } = citations[citation] as Citation;
    return `${documentId}/${versionId}/${start}/${end}`;
  });
  return hash('sha256', places.sort().join('\n'), 'hex');
}

function reasonOf(sides: readonly ConflictSide[], citations: readonly Citation[]): string {
  const said = sides.map(({ citation, says, effectiveFrom, authority }) => {
    const trust = authority === 0 ? '' : `, authority ${authority}`;
    return `“${citations[citation]?.title ?? ''}” says ${says} (since ${effectiveFrom.slice(0, 10)}${trust})`;
  });
  return `${said.join('; ')}.`;
}
