import type { Reporter, TestCase, TestModule, TestRunEndReason } from 'vitest/node';
import { wayToRun } from './requirements.ts';

/** One suite (or one test outside of a suite) that did not run. */
interface SkippedSuite {
  readonly name: string;
  tests: number;
  /** What the skip said for itself, or null. */
  readonly reason: string | null;
}

/**
 * Ends a run with what was skipped, why, and how to run it, and one closing line that counts. A skipped suite names its
 * reason: an environment variable of `requirements.ts` in its title, or a note given to `context.skip(note)`.
 */
export class SummaryReporter implements Reporter {
  /** Called by Vitest once everything has run. */
  onTestRunEnd(modules: readonly TestModule[], errors: readonly unknown[], reason: TestRunEndReason): void {
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const count = (state: string): number => tests.filter((test) => test.result().state === state).length;
    const brokenModules = modules.filter((module) => module.errors().length > 0).length;
    for (const line of skippedLines(tests.filter((test) => test.result().state === 'skipped'))) console.log(line);
    const failed = count('failed') + brokenModules + errors.length;
    const ended = reason === 'interrupted' ? 'Interrupted: ' : '';
    console.log(`\n${ended}${count('passed')} passed, ${failed} failed, ${count('skipped')} skipped.`);
  }
}

function skippedLines(skipped: readonly TestCase[]): string[] {
  const suites = new Map<string, SkippedSuite>();
  for (const test of skipped) {
    const result = test.result();
    const reason = result.state === 'skipped' ? (result.note ?? null) : null;
    const title = test.parent.type === 'suite' ? test.parent.fullName : test.fullName;
    const name = `${test.module.relativeModuleId} › ${title}`;
    const suite = suites.get(name) ?? { name, tests: 0, reason: reason ?? wayToRun(`${name} ${test.fullName}`) };
    suite.tests += 1;
    suites.set(name, suite);
  }
  if (suites.size === 0) return [];
  const lines = [...suites.values()].map(
    ({ name, tests, reason }) => `  ${name} (${tests}): ${reason ?? 'no reason given; say it in the suite’s title.'}`,
  );
  return ['\nSkipped:', ...lines];
}
