import { WordFacts, WordTable } from '../base/index.ts';

/** Of the texts that are analysed; few of their words are new. */
const table = new WordTable();

/**
 * Calls the visitor with what each word of a text says, in order. With what the whole text says, where it cannot be taken apart.
 */
export type ReadWords<Fact> = (text: string, visit: (fact: Fact) => void) => void;

/**
 * Makes a reader of texts for what follows from their words one by one: Unicode's normal forms, lower-casing, scripts, tokens.
 * None of them looks across a space, a tab or a line end.
 * @param ask what a word says, and what a text of several says; pure, asked once for most words
 */
export function wordReader<Fact>(ask: (text: string) => Fact): ReadWords<Fact> {
  const facts = new WordFacts(table, ask);
  return (text, visit) => {
    if (!table.split(text)) return visit(ask(text));
    const { count } = table;
    for (let index = 0; index < count; index += 1) visit(facts.of(index));
  };
}
