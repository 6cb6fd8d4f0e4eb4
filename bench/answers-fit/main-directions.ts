/** Rounds of the iteration; the directions of vectors of words settle in fewer. */
const ROUNDS = 40;

/**
 * The directions in which vectors differ most (principal components), by orthogonal iteration on their covariance; the first rows of
 * the unit matrix are where it begins, so that the same vectors give the same directions.
 * @param rows [vector][dimension], of mean 0
 * @returns [direction][dimension], each of unit length, at right angles
 */
export function mainDirections(rows: readonly Float64Array[], count: number): Float64Array[] {
  const width = rows[0]?.length ?? 0;
  const spread = covariance(rows, width);
  let directions: Float64Array[] = Array.from({ length: count }, (_, one) =>
    Float64Array.from({ length: width }, (__, at) => (at === one ? 1 : 0.01)),
  );
  for (let round = 0; round < ROUNDS; round++)
    directions = atRightAngles(
      directions
        .map((direction) => spread.map((row) => product(row, direction)))
        .map((each) => Float64Array.from(each)),
    );
  return directions;
}

function covariance(rows: readonly Float64Array[], width: number): Float64Array[] {
  const sums = Array.from({ length: width }, () => new Float64Array(width));
  for (const row of rows)
    for (let a = 0; a < width; a++) {
      const [sum, value] = [sums[a] as Float64Array, row[a] as number];
      for (let b = 0; b < width; b++) sum[b] = (sum[b] as number) + value * (row[b] as number);
    }
  return sums;
}

/** Gram and Schmidt's process. */
function atRightAngles(vectors: readonly Float64Array[]): Float64Array[] {
  const done: Float64Array[] = [];
  for (const vector of vectors) {
    const rest = vector.slice();
    for (const other of done) {
      const share = product(rest, other);
      for (let at = 0; at < rest.length; at++) rest[at] = (rest[at] ?? 0) - share * (other[at] ?? 0);
    }
    const length = Math.sqrt(product(rest, rest)) || 1;
    done.push(rest.map((value) => value / length));
  }
  return done;
}

function product(one: Float64Array, other: Float64Array): number {
  let sum = 0;
  for (let at = 0; at < one.length; at++) sum += (one[at] as number) * (other[at] as number);
  return sum;
}
