/**
 * The parsers with their revisions, as versions of documents keep them. Raise a revision when the same bytes give
 * another text: the next pass over a source reads its documents again.
 */
export const PARSERS = {
  csv: 'csv@1',
  docx: 'docx@1',
  eml: 'eml@1',
  html: 'html@1',
  json: 'json@1',
  jsonl: 'jsonl@1',
  markdown: 'markdown@1',
  pdf: 'pdf@4',
  text: 'text@2',
  tsv: 'tsv@1',
  xml: 'xml@1',
} as const;

/** Name and revision of a parser of this release. */
export type ParserRevision = (typeof PARSERS)[keyof typeof PARSERS];

const CURRENT: ReadonlyMap<string, number> = new Map(Object.values(PARSERS).map(split));

/**
 * Whether a text was made by an earlier revision of one of today's parsers. A later one, or a parser not known here, is
 * another release's: it is left alone, so that two releases on one database do not undo each other's work.
 */
export function isOutdatedParser(parser: string): boolean {
  const [name, revision] = split(parser);
  return revision < (CURRENT.get(name) ?? 0);
}

function split(parser: string): [name: string, revision: number] {
  const [name = '', revision = ''] = parser.split('@');
  return [name, Number.parseInt(revision, 10)];
}
