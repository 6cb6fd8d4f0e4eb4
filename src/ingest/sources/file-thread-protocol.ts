import type { FolderNames } from './folder-names.ts';
import type { FileFigures } from './read-file.ts';

/** A small file to read. */
export interface FileToRead {
  readonly path: string;
  /** Size as listed. */
  readonly bytes: number;
}

/** What the thread is asked. */
export type FilesRequest =
  | { readonly kind: 'read'; readonly files: readonly FileToRead[] }
  | { readonly kind: 'figures'; readonly paths: readonly string[] }
  | { readonly kind: 'list'; readonly path: string; readonly after: string | null; readonly window: number };

/** Null: not to be had this way (gone, no regular file, another size than listed, changing, refused). */
export type ThreadRead = Uint8Array<ArrayBuffer> | null;

/** The file system's refusal, as data. */
export interface SystemFailure {
  readonly message: string;
  readonly code: string | undefined;
  readonly syscall: string | undefined;
}

/** Figures of one path, its last link not followed. */
export type PathFigures = (FileFigures & { readonly isFile: boolean }) | SystemFailure;

/** What the thread answers. */
export type FilesAnswer =
  | { readonly kind: 'read'; readonly files: readonly ThreadRead[] }
  | { readonly kind: 'figures'; readonly figures: readonly PathFigures[] }
  | ({ readonly kind: 'list' } & FolderNames)
  | { readonly kind: 'failed'; readonly failure: SystemFailure };
