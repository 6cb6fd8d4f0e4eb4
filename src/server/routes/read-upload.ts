import { BodyTooLarge, MediaTypeRefused, RequestInvalid } from '../request-refused.ts';

/** A file as it came. */
export interface ReceivedFile {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly declaredType: string | undefined;
}

/**
 * Reads an uploaded file: the whole body, or the field `file` of a multipart form.
 * @throws PlumblineError `request.too-large`, `request.invalid`, `request.media-type`
 */
export async function readUpload(
  request: Request,
  options: { readonly name: string | undefined; readonly maxBytes: number },
): Promise<ReceivedFile> {
  const contentType = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase() ?? '';
  if (contentType === 'application/x-www-form-urlencoded') {
    throw new MediaTypeRefused(contentType, 'multipart/form-data with a field `file`, or the file itself as the body');
  }
  if (contentType === 'multipart/form-data') return await fromForm(request, options);
  const bytes = await readCapped(request, options.maxBytes);
  if (options.name === undefined)
    throw new RequestInvalid([{ where: 'name', problem: 'needed in the query when the body is the file' }]);
  const hint = contentType === '' || contentType === 'application/octet-stream' ? undefined : contentType;
  return { name: options.name, bytes, declaredType: hint };
}

/** Room for the form's own lines around the file. */
const FORM_OVERHEAD = 64 * 1024;

async function fromForm(
  request: Request,
  options: { readonly name: string | undefined; readonly maxBytes: number },
): Promise<ReceivedFile> {
  const body = await readCapped(request, options.maxBytes + FORM_OVERHEAD);
  const headers = { 'content-type': request.headers.get('content-type') ?? '' };
  const form = await new Response(body, { headers }).formData().catch(() => null);
  const file = form?.get('file');
  if (!(file instanceof File))
    throw new RequestInvalid([{ where: 'file', problem: 'the form must have a file field named `file`' }]);
  return {
    name: options.name ?? file.name,
    bytes: new Uint8Array(await file.arrayBuffer()),
    declaredType: file.type === '' ? undefined : file.type,
  };
}

async function readCapped(request: Request, maxBytes: number): Promise<Uint8Array<ArrayBuffer>> {
  if (Number(request.headers.get('content-length') ?? 0) > maxBytes) throw new BodyTooLarge(maxBytes);
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of request.body ?? []) {
    size += part.byteLength;
    if (size > maxBytes) throw new BodyTooLarge(maxBytes);
    parts.push(part);
  }
  const whole = new Uint8Array(size);
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.byteLength;
  }
  return whole;
}
