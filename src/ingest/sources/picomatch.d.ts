/** The part of picomatch 4 used here; the package ships no types. */
declare module 'picomatch' {
  interface Options {
    readonly dot?: boolean;
    readonly nonegate?: boolean;
    readonly posixSlashes?: boolean;
  }
  type Matcher = (path: string) => boolean;
  function picomatch(patterns: string | readonly string[], options?: Options): Matcher;
  export default picomatch;
}
