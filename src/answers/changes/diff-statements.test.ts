import fc from 'fast-check';
import { expect, it } from 'vitest';
import { diffStatements, statementsIn } from './diff-statements.ts';

const told = (before: string, after: string) =>
  diffStatements(before, after).map((change) => [change.before?.text ?? null, change.after?.text ?? null]);

it('tells what was changed, added and removed, and nothing that only moved', () => {
  const before = '# Leave\n\nStaff have 25 days of leave. Ask your lead. Leave ends in March.\n';
  const after = '# Leave\n\nAsk your lead.\n\n- Staff have 27 days of leave.\n- Birthdays are free.\n';
  expect(told(before, after)).toEqual([
    ['Staff have 25 days of leave.', '- Staff have 27 days of leave.'],
    ['Leave ends in March.', null],
    [null, '- Birthdays are free.'],
  ]);
});

it('compares the rows of tables', () => {
  expect(told('City | EUR\nRome | 50\nOslo | 60', 'City | EUR\nRome | 55\nOslo | 60')).toEqual([
    ['Rome | 50', 'Rome | 55'],
  ]);
});

const sentence = fc
  .array(fc.constantFrom('leave', 'days', 'staff', 'ends', 'March', '25', '27', 'lead'), { minLength: 1, maxLength: 6 })
  .map((words) => `${words.join(' ')}.`);
const text = fc.array(sentence, { maxLength: 12 }).map((sentences) => sentences.join('\n'));

it('says nothing of equal texts, quotes what stands there, and accounts for every statement', () => {
  fc.assert(
    fc.property(text, text, (before, after) => {
      expect(diffStatements(before, before)).toEqual([]);
      const changes = diffStatements(before, after);
      const counted = (statements: readonly string[]) => statements.toSorted();
      const kept = (whole: string, side: 'before' | 'after') => {
        const left = statementsIn(whole).map((each) => each.text);
        for (const change of changes) {
          const said = change[side];
          if (said === null) continue;
          expect(whole.slice(said.start, said.end)).toBe(said.text);
          left.splice(left.indexOf(said.text), 1);
        }
        return counted(left.map((each) => each.toLowerCase()));
      };
      expect(kept(before, 'before')).toEqual(kept(after, 'after'));
    }),
    { numRuns: 300 },
  );
});
