// Adds up the results that the runs of Vitest left as JSON: prints "N passed, N failed" and fails when anything did.
// Usage: node sum-results.mjs FOLDER COMMANDS_THAT_FAILED
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const [folder, commandsThatFailed] = process.argv.slice(2);
let passed = 0;
let failed = 0;
for (const name of readdirSync(folder)) {
  const run = JSON.parse(readFileSync(join(folder, name), 'utf8'));
  passed += run.numPassedTests;
  failed += run.numFailedTests;
  // A file that could not be loaded has no failed test but failed all the same.
  failed += run.testResults.filter(
    (file) => file.status === 'failed' && file.assertionResults.every(({ status }) => status !== 'failed'),
  ).length;
}
if (failed === 0 && Number(commandsThatFailed) > 0) {
  failed = Number(commandsThatFailed);
  console.log('A command above failed although no test did: its last output says why.');
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
