import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { openApiDocument } from '../../src/server/open-api.ts';

interface Operation {
  readonly summary?: string;
  readonly requestBody?: { readonly content: object };
  readonly responses: Readonly<Record<string, unknown>>;
}

const document = openApiDocument() as { readonly paths: Record<string, Record<string, Operation>> };

describe('the API’s description', () => {
  it('is the one that is committed; "npm run docs" writes it anew', async () => {
    const committed: unknown = JSON.parse(await readFile('docs/openapi.json', 'utf8'));
    expect(JSON.parse(JSON.stringify(document))).toEqual(committed);
  });

  it('has every route, each with a summary and the problems it may answer with', () => {
    const routes = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({ route: `${method} ${path}`, operation })),
    );
    for (const path of [
      '/healthz',
      '/readyz',
      '/v1/events',
      '/v1/documents/{id}/original',
      '/v1/backup',
      '/v1/answers',
    ]) {
      expect(Object.keys(document.paths)).toContain(path);
    }
    for (const { route, operation } of routes) {
      expect(operation.summary, route).toBeTruthy();
      if (route.includes('/v1/')) expect(Object.keys(operation.responses), route).toContain('500');
    }
  });

  it('says how a file is uploaded', () => {
    const content = document.paths['/v1/documents']?.['post']?.requestBody?.content;
    expect(Object.keys(content ?? {})).toEqual(['multipart/form-data', 'application/octet-stream']);
  });
});
