/** The part of snowball-stemmers 0.6 used here; the package ships no types. */
declare module 'snowball-stemmers' {
  const stemmers: {
    /** Throws when the algorithm is unknown. Not safe for concurrent use; one per caller. */
    newStemmer(algorithm: string): { stem(word: string): string };
    algorithms(): string[];
  };
  export default stemmers;
}
