import type { z } from 'zod';
import type { AnswerSentence } from '../answer.ts';
import { edited, type Leaf, leavesOf, type Path } from './leaves.ts';

/** A leaf as it was checked. */
export interface CheckedLeaf {
  readonly leaf: Leaf;
  readonly sentence: AnswerSentence;
}

/**
 * Takes leaves out of a value so that it still fits its schema: each is left out, or null, or else what it belongs to is, from
 * the inside out.
 * @returns null when nothing would be left
 */
export function prune(
  given: { readonly value: unknown; readonly leaves: readonly CheckedLeaf[] },
  failed: (leaf: CheckedLeaf) => boolean,
  schema: z.ZodType,
): { readonly value: unknown; readonly leaves: readonly CheckedLeaf[] } | null {
  let { value } = given;
  // The same tree with what was found of each leaf in its place: positions move when an entry of an array goes.
  let found = given.leaves.reduce<unknown>(
    (tree, each) => placed(tree, each.leaf.path, given.leaves.indexOf(each)),
    value,
  );
  for (const each of given.leaves.toReversed()) {
    const at = given.leaves.indexOf(each);
    if (!failed(each) || atPath(found, each.leaf.path) !== at) continue;
    const cut = cutOut(value, each.leaf.path, schema);
    if (cut === null) return null;
    value = cut.value;
    found = edited(found, cut.path, cut.how);
  }
  const leaves = leavesOf(found).flatMap(({ path, value: at }): CheckedLeaf[] => {
    const checked = typeof at === 'number' ? given.leaves[at] : undefined;
    return checked === undefined ? [] : [{ ...checked, leaf: { ...checked.leaf, path } }];
  });
  return leaves.length === 0 ? null : { value, leaves };
}

function cutOut(
  value: unknown,
  path: Path,
  schema: z.ZodType,
): { readonly value: unknown; readonly path: Path; readonly how: 'left-out' | 'null' } | null {
  for (let depth = path.length; depth > 0; depth--) {
    const inner = path.slice(0, depth);
    for (const how of ['left-out', 'null'] as const) {
      const without = edited(value, inner, how);
      if (schema.safeParse(without).success) return { value: without, path: inner, how };
    }
  }
  return null;
}

function atPath(tree: unknown, path: Path): unknown {
  return path.reduce<unknown>((at, step) => (at as Record<string | number, unknown> | null | undefined)?.[step], tree);
}

function placed(tree: unknown, path: Path, found: number): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return found;
  if (Array.isArray(tree)) return tree.map((each: unknown, i) => (i === step ? placed(each, rest, found) : each));
  const own = tree as Record<string, unknown>;
  return { ...own, [step]: placed(own[step], rest, found) };
}
