import { readFile } from 'node:fs/promises';
import { PlumblineError } from '../../base/index.ts';

/** How an answer can be written. */
export const FORMATS = ['text', 'list', 'table', 'json'];

/** The file given as schema is none. */
class SchemaUnread extends PlumblineError {
  constructor(file: string, problem: string) {
    super({
      code: 'schema.unread',
      kind: 'caller',
      message: `${file} ${problem}. Give a file that holds one JSON object, a JSON schema.`,
    });
  }
}

/**
 * The format of an answer as the API takes it; a schema alone means JSON.
 * @throws PlumblineError `schema.unread`
 */
export async function generationOf(options: {
  readonly format?: string;
  readonly schema?: string;
}): Promise<{ readonly generation?: { readonly format: string; readonly schema?: object } }> {
  const { format, schema: file } = options;
  if (file === undefined) return format === undefined ? {} : { generation: { format } };
  const text = await readFile(file, 'utf8').catch(({ code }: NodeJS.ErrnoException) => {
    throw new SchemaUnread(file, `cannot be read (${code})`);
  });
  return { generation: { format: format ?? 'json', schema: jsonIn(file, text) } };
}

function jsonIn(file: string, text: string): object {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new SchemaUnread(file, 'holds no JSON');
  }
  if (typeof json === 'object' && json !== null && !Array.isArray(json)) return json;
  throw new SchemaUnread(file, 'holds JSON that is no object');
}
