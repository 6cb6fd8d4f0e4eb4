/** 5 January 2026 08:00 as ZIP writes it: two-second units, minutes, hours; day, month, years since 1980. */
const time = 8 << 11;
const date = ((2026 - 1980) << 9) | (1 << 5) | 5;

/**
 * The archive with the same fixed date on every entry, so that its bytes depend neither on the clock nor on the time
 * zone. Expects a plain archive: no comment at the end, no ZIP64.
 */
export function fixZipDates(archive: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(archive);
  const view = new DataView(bytes.buffer);
  const end = bytes.length - 22;
  if (view.getUint32(end, true) !== 0x06054b50)
    throw new Error('Not a plain ZIP archive: no end record where expected.');
  let entry = view.getUint32(end + 16, true);
  for (let left = view.getUint16(end + 10, true); left > 0; left--) {
    const header = view.getUint32(entry + 42, true);
    stamp(view, entry + 12);
    stamp(view, header + 10);
    entry +=
      46 + view.getUint16(entry + 28, true) + view.getUint16(entry + 30, true) + view.getUint16(entry + 32, true);
  }
  return bytes;
}

function stamp(view: DataView, offset: number): void {
  view.setUint16(offset, time, true);
  view.setUint16(offset + 2, date, true);
}
