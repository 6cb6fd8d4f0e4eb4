import type { SqlResult } from './sql-driver.ts';

/** A statement on its way to the worker; without parameters it is a script of one or more statements. */
export interface PgliteStatement {
  readonly sql: string;
  /** As `bindParameters` packs them; given to the worker, not copied. */
  readonly parameters: Uint8Array<ArrayBuffer> | null;
  /** Its plan is kept for the next time: for statements with parameters whose words never change. */
  readonly keepPlan?: boolean;
}

/** What the main thread asks of the worker. Requests are carried out strictly in the order they were posted. */
export type PgliteRequest =
  | {
      readonly id: number;
      readonly kind: 'run';
      readonly statements: readonly PgliteStatement[];
      /** A script that is run at the end whatever happened. */
      readonly restore?: string;
    }
  /** Statements with parameters, in one transaction that ends with them; their plans are kept. */
  | { readonly id: number; readonly kind: 'together'; readonly statements: readonly PgliteStatement[] }
  /** A gzip tar of the data directory, written to the file. */
  | { readonly id: number; readonly kind: 'dump'; readonly file: string }
  | { readonly id: number; readonly kind: 'close' };

/** Why a statement failed, as plain data. */
export interface SqlFailure {
  readonly message: string;
  /** SQLSTATE when the database said one. */
  readonly sqlState: string | null;
  readonly detail: string | null;
  readonly constraint: string | null;
}

/** The worker's answer; `result` is of the last statement. */
export type PgliteResponse =
  | { readonly id: number; readonly result: SqlResult }
  | { readonly id: number; readonly failure: SqlFailure };

/** What the worker is started with. */
export interface PgliteWorkerData {
  /** Absolute path of the data directory. */
  readonly directory: string;
}
