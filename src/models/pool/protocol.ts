/** What the pool tells a worker. */
export type ToWorker =
  | { readonly type: 'embed'; readonly id: number; readonly text: string; readonly urgent: boolean }
  | { readonly type: 'close' };

/** What a worker tells the pool. A vector's buffer is transferred, not copied. */
export type FromWorker =
  | { readonly type: 'ready'; readonly dimensions: number }
  | { readonly type: 'unusable'; readonly folder: string; readonly problem: string }
  | { readonly type: 'vector'; readonly id: number; readonly vector: Float32Array }
  | { readonly type: 'failed'; readonly id: number; readonly problem: string };

/** `workerData` of a pool's worker. */
export interface WorkerData<Data> {
  /** What the pool was told to hand over. */
  readonly data: Data;
  /** Slots of the worker's ExitGate. */
  readonly gate: Int32Array;
}
