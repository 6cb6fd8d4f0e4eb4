import { warmRules } from './find-by-rules.ts';
import { loadTaggerModel } from './tagger/model.ts';
import { loadWordLists } from './tagger/word-lists.ts';

let warming: Promise<void> | null = null;

/**
 * Reads what the detectors know from disk and compiles their patterns, once, without holding up the event loop; a failure is
 * tried again by the next call.
 */
export function warmDetectors(): Promise<void> {
  warming ??= warm().catch((error: unknown) => {
    warming = null;
    throw error;
  });
  return warming;
}

async function warm(): Promise<void> {
  await loadWordLists();
  await loadTaggerModel();
  await warmRules();
}
