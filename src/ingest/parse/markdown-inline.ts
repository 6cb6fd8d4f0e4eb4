const MARKUP = /[`*_[\]<>&\\~!]/;
const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };

/**
 * The words of a line of Markdown without its markup: emphasis, code marks, links (the address is kept in brackets when
 * it is absolute), images (their description), tags and escapes. Every step is linear in the length.
 */
export function plainInline(source: string): string {
  if (!MARKUP.test(source)) return source;
  return source
    .replace(/\\([!-/:-@[-`{-~])/g, (_, mark: string) => `\u{f0000}${mark.charCodeAt(0)};`)
    .replace(
      /!?\[([^[\]\n]{0,2000})\]\(\s{0,9}<?([^()\s<>]{0,2000})>?(?:\s{1,9}["'][^"'\n]{0,500}["'])?\s{0,9}\)/g,
      link,
    )
    .replace(/!?\[([^[\]\n]{1,2000})\]\[[^[\]\n]{0,500}\]/g, '$1')
    .replace(/<((?:https?:|mailto:)[^\s<>]{1,2000})>/g, '$1')
    .replace(/<br\s{0,9}\/?>/gi, ' ')
    .replace(/<\/?[a-zA-Z][^<>]{0,2000}>/g, '')
    .replace(/``?([^`]{1,2000})``?/g, '$1')
    .replace(/\*\*\*|\*\*|~~/g, '')
    .replace(/(?<![\w*])\*(?=\S)([^*\n]{1,2000})(?<=\S)\*(?![\w*])/g, '$1')
    .replace(/(?<![\w_])__(?=\S)([^_\n]{1,2000})(?<=\S)__(?!\w)/g, '$1')
    .replace(/(?<![\w_])_(?=\S)([^_\n]{1,2000})(?<=\S)_(?!\w)/g, '$1')
    .replace(
      /&(?:#(\d{1,7})|#x([\da-fA-F]{1,6})|(amp|lt|gt|quot|apos|nbsp));/g,
      (_, ...groups: (string | undefined)[]) => entity(groups),
    )
    .replace(/\u{f0000}(\d+);/gu, (_, code: string) => String.fromCharCode(Number(code)));
}

function link(_whole: string, label: string, address: string): string {
  if (!/^(?:https?:|mailto:)/i.test(address) || _whole.startsWith('!')) return label;
  const target = address.replace(/^mailto:/i, '');
  return label === '' || label === target ? target : `${label} (${target})`;
}

/** @param groups decimal code, hexadecimal code, name: one of them */
function entity([decimal, hex, name]: readonly (string | undefined)[]): string {
  if (name !== undefined) return entities[name] ?? '';
  const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '';
}
