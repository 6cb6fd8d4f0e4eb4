import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { askGoldenQuestions, type Outcome } from './ask-golden-questions.ts';
import { type HandbookWorkspace, openHandbook } from './handbook-workspace.ts';
import { type Measures, measure } from './measure.ts';

let workspace: HandbookWorkspace;
let outcomes: Outcome[];
let measures: Measures;

beforeAll(async () => {
  workspace = await openHandbook();
  outcomes = await askGoldenQuestions(workspace);
  measures = measure(outcomes);
}, 120_000);

afterAll(async () => {
  await workspace.close();
});

/** The bars are a little below what `node tests/answers/run.ts` measures; raise them with it. */
describe('the handbook', () => {
  it('is read in the right places', () => {
    expect(measures.retrieved).toBeGreaterThanOrEqual(0.97);
  });

  it('is quoted where the answer stands', () => {
    expect(measures.hit).toBeGreaterThanOrEqual(0.82);
    expect(measures.citationPrecision).toBeGreaterThanOrEqual(0.8);
    expect(measures.hitByKind).toMatchObject({
      conflict: expect.toSatisfy((share: number) => share === 1),
      multi: expect.toSatisfy((share: number) => share >= 0.66),
      table: expect.toSatisfy((share: number) => share >= 0.85),
      version: expect.toSatisfy((share: number) => share === 1),
    });
  });

  it('carries each sentence that is said in its own words', () => {
    const said = outcomes
      .filter(({ answer }) => answer.kind === 'extractive')
      .flatMap(({ answer }) => answer.sentences);
    expect(said.length).toBeGreaterThan(80);
    expect(said.filter(({ verdict }) => verdict !== 'quoted' && verdict !== 'supported')).toEqual([]);
  });

  it('is not made to answer what it does not say', () => {
    expect(measures.confidenceAuc).toBeGreaterThanOrEqual(0.85);
    expect(measures.abstentionF1).toBeGreaterThanOrEqual(0.6);
  });

  it('never answers from a text that is not valid at the moment asked about', () => {
    expect(outcomes.filter((each) => !each.inForce).map((each) => each.question.id)).toEqual([]);
  });

  it('shows a superseded rule only as of its time', async () => {
    const rate = async (asOf: string | null): Promise<string> => {
      const context = workspace.platform.localContext();
      const { collection } = workspace;
      const text = 'How much is deducted when breakfast is included in the room price?';
      const when = asOf === null ? null : Date.parse(asOf);
      const signal = AbortSignal.timeout(30_000);
      return (await workspace.platform.ask(context, { collection, text, asOf: when, filter: { op: 'all' }, signal }))
        .text;
    };
    expect(await rate('2024-12-31')).toContain('EUR 8 ');
    expect(await rate('2024-12-31')).not.toContain('EUR 9 ');
    expect(await rate('2025-01-01')).toContain('EUR 9 ');
    expect(await rate(null)).not.toContain('EUR 8 ');
  });

  it('is said to disagree where two valid documents do, and the owners hear of it', async () => {
    const { platform } = workspace;
    const context = platform.localContext();
    const laptops = outcomes.filter(({ question }) => question.kind === 'conflict').map(({ answer }) => answer);
    expect(laptops.map(({ conflicts }) => conflicts.length)).toEqual(laptops.map(() => 1));
    const open = await platform.kept.conflicts(context, { state: 'open', before: null, limit: 10 });
    const laptop = open.find(({ reason }) => reason.includes('48 months'));
    if (laptop === undefined) throw new Error('The conflict about laptops is not in the queue.');
    expect(laptop.times).toBeGreaterThanOrEqual(2);
    expect(laptop.citations.map(({ externalId }) => externalId).sort()).toEqual([
      'people/it-onboarding-guide.docx',
      'security/equipment-policy.md',
    ]);
    const resolved = await platform.kept.resolveConflict(context, {
      id: laptop.id,
      resolution: 'The policy is right.',
    });
    expect(resolved).toMatchObject({ id: laptop.id, state: 'resolved', resolution: 'The policy is right.' });
    expect(await platform.kept.conflicts(context, { state: 'resolved', before: null, limit: 10 })).toEqual([resolved]);
    const strangers = { ...context, groups: ['g:strangers'] };
    expect(await platform.kept.conflicts(strangers, { state: null, before: null, limit: 10 })).toEqual([]);
  });

  it('is cited with the page of a PDF', () => {
    const pages = outcomes.flatMap(({ answer }) => answer.citations).filter((each) => each.externalId.endsWith('.pdf'));
    const rows = new Map(pages.map((each) => [each.quote, each.page]));
    expect([...rows].find(([quote]) => quote.startsWith('40 to 49'))?.[1]).toBe(2);
    expect(pages.length).toBeGreaterThan(3);
    expect(pages.every((each) => each.page !== null)).toBe(true);
  });

  it('tells a row of a table with the names of its columns', () => {
    const pension = outcomes.find(({ question }) => question.question.includes('pension contribution'));
    expect(pension?.answer.text).toContain('Age: 40 to 49; Company contribution: 9.0 percent of salary');
  });

  it('is quoted word for word', async () => {
    const context = workspace.platform.localContext();
    for (const { answer } of outcomes) {
      for (const { documentId, version, start, end, quote } of [...answer.citations, ...answer.nearest]) {
        const { text } = await workspace.platform.ingest.text(context, { documentId, version });
        expect(text.slice(start, end)).toBe(quote);
      }
    }
  });
});
