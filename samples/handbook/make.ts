/**
 * Makes the sample handbook's PDF and DOCX files from the text in `make/`. The same text gives the same bytes.
 * Run: `node samples/handbook/make.ts`. Never touches the handbook's text files.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { mock } from 'node:test';
import { calibration } from './make/calibration.ts';
import { writeDocx } from './make/docx-writer.ts';
import { emergencyPlan } from './make/emergency-plan.ts';
import { expenseLimits } from './make/expense-limits.ts';
import { itOnboarding } from './make/it-onboarding.ts';
import { writePdf } from './make/pdf-writer.ts';

const madeAt = new Date('2026-01-05T08:00:00Z');

/** The handbook's binary documents: path relative to `documents/` → bytes. */
export async function makeBinaryDocuments(): Promise<Map<string, Uint8Array>> {
  const made = new Map<string, Uint8Array>();
  for (const document of [expenseLimits, emergencyPlan]) made.set(document.path, await writePdf(document, madeAt));
  mock.timers.enable({ apis: ['Date'], now: madeAt });
  try {
    for (const document of [itOnboarding, calibration]) made.set(document.path, await writeDocx(document));
  } finally {
    mock.timers.reset();
  }
  return made;
}

if (import.meta.main) {
  for (const [path, bytes] of await makeBinaryDocuments()) {
    const target = join(import.meta.dirname, 'documents', path);
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, bytes);
    console.log(`${path}: ${bytes.length} bytes`);
  }
}
