/**
 * When a provider wants to be asked again.
 * @param header value of `Retry-After`: whole or broken seconds, or an HTTP date (RFC 9110 §10.2.3)
 * @param now milliseconds since 1970
 * @returns milliseconds from now, ≥ 0; null when there is no header or it says nothing that can be understood
 */
export function retryAfterMs(header: string | undefined, now: number): number | null {
  const text = header?.trim() ?? '';
  if (/^\d+(\.\d+)?$/.test(text)) return Math.ceil(Number(text) * 1000);
  // A date has a month's name; Date.parse alone would also take "-5" for a year.
  if (!/[A-Za-z]{3}/.test(text)) return null;
  const at = Date.parse(text);
  return Number.isNaN(at) ? null : Math.max(0, at - now);
}
