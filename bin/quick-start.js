// Makes the process start quickly; changes nothing else.
import { enableCompileCache, registerHooks } from 'node:module';

// Compiled code (and stripped types) are kept between starts, in the system's temporary folder.
enableCompileCache();

// For every file it loads, Node parses the package's whole package.json to learn whether `.js` means ES module.
// drizzle-orm's has 180 KB and some 130 files are loaded: 400 ms and 160 MB. Its relative imports are ES modules: say so.
registerHooks({
  resolve(specifier, context, next) {
    if (specifier.startsWith('.') && context.parentURL?.includes('/node_modules/drizzle-orm/')) {
      return { url: new URL(specifier, context.parentURL).href, format: 'module', shortCircuit: true };
    }
    return next(specifier, context);
  },
});
