import { siblingModule } from '../../base/index.ts';
import { IdleThread } from '../../store/index.ts';
import type { PersonalDataSpan } from './span.ts';

const thread = new IdleThread<string, PersonalDataSpan[]>({
  name: 'personal-data',
  module: siblingModule(import.meta.url, './detect.worker'),
});

/**
 * What `findAll` finds, found in a thread.
 * @throws PlumblineError `thread.ended`
 */
export function findOnThread(text: string): Promise<PersonalDataSpan[]> {
  return thread.call(text);
}
