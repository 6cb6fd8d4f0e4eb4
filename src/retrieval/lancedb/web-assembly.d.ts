/** The part of Node's WebAssembly used here; its types come with those of browsers only. */
declare namespace WebAssembly {
  /** Numbers that modules and JavaScript share; growing it detaches `buffer`. Pages have 64 KiB. */
  class Memory {
    constructor(descriptor: { readonly initial: number });
    readonly buffer: ArrayBuffer;
    grow(pages: number): number;
  }
  class Module {
    constructor(bytes: Uint8Array);
  }
  class Instance {
    constructor(module: Module, imports: Readonly<Record<string, Readonly<Record<string, Memory>>>>);
    /** Of the one module there is. */
    readonly exports: import('./vector-module.ts').VectorModule;
  }
}
