/**
 * Normalised discounted cumulative gain of a ranking whose documents are relevant or not (Järvelin and Kekäläinen, 2002): 0…1, higher
 * is better.
 * @param ranking documents, best first, each once
 * @param depth how many of them count
 */
export function rankQuality(ranking: readonly string[], relevant: ReadonlySet<string>, depth: number): number {
  const discount = (place: number): number => 1 / Math.log2(place + 2);
  const sum = (places: readonly number[]): number => places.reduce((total, place) => total + discount(place), 0);
  const ideal = sum(Array.from({ length: Math.min(depth, relevant.size) }, (_, place) => place));
  const found = ranking.slice(0, depth).flatMap((document, place) => (relevant.has(document) ? [place] : []));
  return ideal === 0 ? 0 : sum(found) / ideal;
}
