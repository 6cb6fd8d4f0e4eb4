import { analyse } from '../../retrieval/index.ts';

/** Terms for kinds and states of documents: they tell texts about one thing apart, not things. */
export const DOCUMENT_KINDS: ReadonlySet<string> = new Set(
  analyse(
    'guide guideline policy handbook manual faq overview rules notes draft version edition revision update summary checklist appendix annex ' +
      'template form report memo procedure process standard instructions introduction onboarding reference document page part chapter section ' +
      'old new former current previous archive archived copy final internal public official superseded obsolete example sample',
  ),
);
