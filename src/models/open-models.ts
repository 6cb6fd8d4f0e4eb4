import { createEmbedder, type EmbedderConfig } from './create-embedder.ts';
import type { Embedder } from './embedder.ts';
import { type NliModel, openNliModel } from './nli/nli-model.ts';
import { openAnswerReader } from './rerank/answer-reader.ts';
import { openRerankModel, type RerankModel } from './rerank/rerank-model.ts';

/** What is to be closed at the end; each opening adds its own. */
type Closers = (() => Promise<void>)[];

/**
 * The configured embedder, loaded: opened while the database opens, so that the first question does not wait for it.
 * @param with_ `given` is used as it is, instead of the configured one
 */
export async function openLocalEmbedder(
  config: EmbedderConfig,
  with_: { readonly given: Embedder | undefined; readonly closers: Closers },
): Promise<Embedder> {
  if (with_.given !== undefined) {
    const given = with_.given;
    with_.closers.push(() => given.close());
    return given;
  }
  const embedder = await createEmbedder(config);
  with_.closers.push(() => embedder.close());
  await embedder.warm();
  return embedder;
}

/**
 * The configured model of natural language inference; null: none is. Its small files are read now, so that a wrong folder stops
 * the start; the model loads with the first claim.
 */
export async function openNli(folder: string | null, closers: Closers): Promise<NliModel | null> {
  const model = folder === null ? null : await openNliModel(folder, { workers: 1 });
  if (model !== null) closers.push(() => model.close());
  return model;
}

/** The configured cross-encoder, as {@link openNli}; the model loads with the first question that asks for it. */
export async function openReranker(folder: string | null, closers: Closers): Promise<RerankModel | null> {
  const model = folder === null ? null : await openRerankModel(folder, { workers: 1 });
  if (model !== null) closers.push(() => model.close());
  return model;
}

/** The shipped reader of answers; null: it is not there. It loads with the first question that leaves something to read. */
export async function openReader(closers: Closers): Promise<RerankModel | null> {
  const model = await openAnswerReader();
  if (model !== null) closers.push(() => model.close());
  return model;
}
