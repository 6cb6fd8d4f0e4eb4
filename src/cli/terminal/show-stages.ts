import type { SearchPage } from '../../answers/index.ts';
import { printable, type Terminal, table } from './terminal.ts';

type Explanation = NonNullable<SearchPage['explain']>;

/** Says which terms were looked for and, a line each, what every stage did. */
export function showStages(terminal: Terminal, { plan, terms, stages }: Explanation): void {
  terminal.print(`Preset ${plan.preset}; terms: ${printable(terms.join(' ')) || 'none'}`);
  const rows = stages.map(({ stage, what, ms, ranked }) => [stage, `${ranked}`, ms.toFixed(2), what]);
  for (const line of table([['stage', 'chunks', 'ms', 'ordered by'], ...rows])) terminal.print(line);
  terminal.print();
}

/** A passage's way through the stages: `words 3 (12.1) → meaning – → fusion 2 (1.61)`; a dash: not ranked there. */
export function wayOf({ stages }: Explanation, index: number): string {
  const steps = stages.map(({ stage, standings }) => {
    const standing = standings[index] ?? null;
    return standing === null ? `${stage} –` : `${stage} ${standing.rank} (${standing.score.toFixed(3)})`;
  });
  return steps.join(' → ');
}
