/** pdf.js ships no types for its worker half. */
declare module 'pdfjs-dist/legacy/build/pdf.worker.mjs' {
  export const WorkerMessageHandler: {
    /** Serves one document over a port. */
    initializeFromPort(port: object): void;
  };
}
