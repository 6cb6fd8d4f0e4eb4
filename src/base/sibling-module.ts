/**
 * Address of a module beside the calling one, for starting it as a worker or child process: `.ts` when running from
 * source, `.js` in the built package.
 * @param importMetaUrl the caller's `import.meta.url`
 * @param name relative path without ending, for example `./embed.worker`
 */
export function siblingModule(importMetaUrl: string, name: string): URL {
  return new URL(`${name}${importMetaUrl.endsWith('.ts') ? '.ts' : '.js'}`, importMetaUrl);
}
