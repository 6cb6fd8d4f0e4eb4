/** A PDF of pages of 300 × 200 points, or with boxes of their own; without a table of objects, which pdf.js rebuilds. */
export function tinyPdf(pages: readonly { readonly content: string; readonly boxes?: string }[]): Uint8Array {
  const kids = pages.map((_, index) => `${10 + 2 * index} 0 R`).join(' ');
  const objects = pages.map(
    ({ content, boxes = '/MediaBox [0 0 300 200]' }, index) =>
      `${10 + 2 * index} 0 obj\n<</Type/Page/Parent 2 0 R ${boxes}/Resources<</Font<</F 3 0 R>>>>/Contents ${11 + 2 * index} 0 R>>\nendobj\n` +
      `${11 + 2 * index} 0 obj\n<</Length ${content.length}>>\nstream\n${content}\nendstream\nendobj\n`,
  );
  return Buffer.from(
    `%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Kids[${kids}]/Count ${pages.length}>>\nendobj\n` +
      `3 0 obj\n<</Type/Font/Subtype/Type1/BaseFont/Courier>>\nendobj\n${objects.join('')}trailer\n<</Root 1 0 R>>\n%%EOF\n`,
  );
}

/** Courier of 10 points: each letter 6 points wide. */
export function write(x: number, y: number, text: string): string {
  return `BT /F 10 Tf ${x} ${y} Td (${text}) Tj ET\n`;
}
