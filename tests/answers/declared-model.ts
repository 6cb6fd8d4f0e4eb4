/** The contents of a models.json with one model, `test`, on a server with OpenAI's protocol. */
export function declaredModel(url: string, maxOutputTokens = 2_000): object {
  const model = { provider: 'here', model: 'test', private: true, level: 3, contextTokens: 32_000 };
  const price = { inputUsdPerMillion: 1, outputUsdPerMillion: 2 };
  return {
    providers: { here: { kind: 'openai-compatible', url } },
    models: { test: { ...model, maxOutputTokens, price, limits: { attempts: 1 } } },
  };
}
