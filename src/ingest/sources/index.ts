/**
 * Where documents come from: a folder, one file, one web address. A source lists what is there, one entry at a time and
 * in a fixed order, says what it left out and why, and reads one item when asked.
 * Never parses, never stores, never keeps a listing in memory, never follows a symbolic link, never connects to an
 * address of a private network. Start with `source.ts`, then `folder-source.ts` and `url-source.ts`.
 */
export { type DeletionVerdict, type ListingOutcome, massDeletion } from './deletion-rule.ts';
export { fileSource } from './file-source.ts';
export { type FolderOptions, folderSource } from './folder-source.ts';
export { printableName } from './printable-name.ts';
export type { Listing, SkipCode, SkippedItem, Source, SourceEntry, SourceItem } from './source.ts';
export { type UrlOptions, urlSource } from './url-source.ts';
