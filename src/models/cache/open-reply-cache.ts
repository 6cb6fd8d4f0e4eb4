import type { Embedder } from '../embedder.ts';
import { PARAPHRASE_COSINE, type Paraphrases } from './paraphrases.ts';
import { SqlReplyCache, type SqlReplyCacheOptions } from './sql-reply-cache.ts';

/**
 * The cache of replies as it is configured; undefined: off.
 * @param asksTheSame see {@link Paraphrases}
 */
export function openReplyCache(
  mode: 'exact' | 'semantic' | 'off',
  parts: SqlReplyCacheOptions & { readonly embedder: Embedder },
  asksTheSame: Paraphrases['asksTheSame'],
): SqlReplyCache | undefined {
  const { embedder, ...options } = parts;
  if (mode === 'off') return undefined;
  if (mode === 'exact') return new SqlReplyCache(options);
  const embed: Paraphrases['embed'] = async (question, signal) => {
    const [vector] = await embedder.embed([question], { purpose: 'query', signal });
    return vector ?? new Float32Array();
  };
  return new SqlReplyCache({ ...options, paraphrases: { embed, threshold: PARAPHRASE_COSINE, asksTheSame } });
}
