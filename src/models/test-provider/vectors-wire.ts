import type { TestCall, TestUsage } from './wire.ts';

/**
 * The reply to texts that are to be embedded: [length, 1, 0, 0] each. Amazon's format is that of Titan, one text a request;
 * Google's never says what it used.
 * @param usage null: it is left out
 */
export function embeddingsReply({ wire, body, path }: TestCall, usage: TestUsage | null): object {
  const vectorOf = (text: unknown): number[] => [String(text).length, 1, 0, 0];
  if (wire === 'bedrock') {
    return { embedding: vectorOf(body['inputText']), inputTextTokenCount: usage?.inputTokens ?? 0 };
  }
  if (wire === 'google') {
    const textOf = (request: unknown): string =>
      (request as { content: { parts: { text: string }[] } }).content.parts.map(({ text }) => text).join('');
    if (path.endsWith(':embedContent')) return { embedding: { values: vectorOf(textOf(body)) } };
    return { embeddings: [body['requests']].flat().map((request) => ({ values: vectorOf(textOf(request)) })) };
  }
  const data = [body['input']].flat().map((text, index) => ({ index, embedding: vectorOf(text) }));
  return { object: 'list', data, ...(usage && { usage: { prompt_tokens: usage.inputTokens } }) };
}

/**
 * The reply to documents that are to be ranked: by the number of the query's words they hold. Amazon's format never says
 * what it used.
 * @param usage null: it is left out
 */
export function rankingReply({ wire, body }: TestCall, usage: TestUsage | null): object {
  if (wire === 'bedrock') {
    const { query, documents } = readAmazon(body);
    return { results: rank(query, documents).map(({ index, score }) => ({ index, relevanceScore: score })) };
  }
  const results = rank(String(body['query']), [body['documents']].flat().map(String));
  return {
    results: results.map(({ index, score }) => ({ index, relevance_score: score })),
    ...(usage && { usage: { total_tokens: usage.inputTokens } }),
  };
}

function readAmazon(body: TestCall['body']): { readonly query: string; readonly documents: readonly string[] } {
  const { queries, sources } = body as {
    queries?: { textQuery: { text: string } }[];
    sources?: { inlineDocumentSource: { textDocument: { text: string } } }[];
  };
  return {
    query: queries?.[0]?.textQuery.text ?? '',
    documents: (sources ?? []).map(({ inlineDocumentSource }) => inlineDocumentSource.textDocument.text),
  };
}

function rank(query: string, documents: readonly string[]): { readonly index: number; readonly score: number }[] {
  const words = query.toLowerCase().split(/\W+/);
  const scores = documents.map((document, index) => {
    const held = words.filter((word) => document.toLowerCase().includes(word));
    return { index, score: held.length / words.length };
  });
  return scores.sort((a, b) => b.score - a.score);
}
