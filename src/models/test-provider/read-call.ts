import type { TestCall } from './wire.ts';

type Body = Readonly<Record<string, unknown>>;

/** A request in any of the three formats, understood; null when the path belongs to none. */
export function readCall(index: number, path: string, rawBody: string): TestCall | null {
  const route = routeOf(path);
  if (route === null) return null;
  const body = parse(rawBody);
  return {
    index,
    path,
    rawBody,
    body,
    wire: route.wire,
    kind: route.kind,
    model: route.model ?? text(body['model']) ?? 'unknown',
    stream: route.stream || body['stream'] === true,
    schema: schemaOf(body),
    forcedTool: forcedToolOf(body),
  };
}

interface Route extends Pick<TestCall, 'wire' | 'kind'> {
  readonly stream: boolean;
  readonly model: string | null;
}

function routeOf(path: string): Route | null {
  const converse = /\/model\/([^/]+)\/converse(-stream)?$/.exec(path);
  if (converse !== null) {
    const [, model = '', stream] = converse;
    return { wire: 'bedrock', kind: 'chat', stream: stream !== undefined, model: decodeURIComponent(model) };
  }
  const plain = { stream: false, model: null };
  if (path.endsWith('/chat/completions')) return { wire: 'openai', kind: 'chat', ...plain };
  if (path.endsWith('/messages')) return { wire: 'anthropic', kind: 'chat', ...plain };
  if (path.endsWith('/embeddings')) return { wire: 'openai', kind: 'embeddings', ...plain };
  if (path.endsWith('/rerank')) return { wire: 'openai', kind: 'rerank', ...plain };
  return null;
}

function parse(rawBody: string): Body {
  try {
    return object(JSON.parse(rawBody)) ?? {};
  } catch {
    return {};
  }
}

/** OpenAI's `response_format`, Anthropic's `output_format`, or the schema of the tool that is forced. */
function schemaOf(body: Body): unknown {
  const openAi = object(object(body['response_format'])?.['json_schema'])?.['schema'];
  const anthropic =
    object(body['output_format'])?.['schema'] ?? object(object(body['output_config'])?.['format'])?.['schema'];
  return openAi ?? anthropic ?? forcedSchema(body) ?? null;
}

function forcedToolOf(body: Body): string | null {
  const choice = object(body['tool_choice']);
  const bedrock = object(object(body['toolConfig'])?.['toolChoice']);
  const named = object(choice?.['function']) ?? object(bedrock?.['tool']) ?? choice;
  return text(named?.['name']) ?? (forcesAny(body, choice, bedrock) ? (toolsOf(body)[0]?.name ?? null) : null);
}

function forcesAny(body: Body, choice: Body | null, bedrock: Body | null): boolean {
  return body['tool_choice'] === 'required' || choice?.['type'] === 'any' || bedrock?.['any'] !== undefined;
}

function forcedSchema(body: Body): unknown {
  const forced = forcedToolOf(body);
  return forced === null ? null : toolsOf(body).find(({ name }) => name === forced)?.schema;
}

function toolsOf(body: Body): { readonly name: string; readonly schema: unknown }[] {
  const listed = list(body['tools']).concat(list(object(body['toolConfig'])?.['tools']));
  return listed.flatMap((one) => {
    const tool = object(object(one)?.['function']) ?? object(object(one)?.['toolSpec']) ?? object(one);
    const name = text(tool?.['name']);
    const schema = tool?.['parameters'] ?? tool?.['input_schema'] ?? object(tool?.['inputSchema'])?.['json'] ?? null;
    return name === null ? [] : [{ name, schema }];
  });
}

function object(value: unknown): Body | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Body) : null;
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function text(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
