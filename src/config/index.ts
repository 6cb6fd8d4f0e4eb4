/**
 * Environment and `.env` → one validated, frozen Config; a wrong value stops the start with the variable's name.
 * Never reads anything else. Start with `schema.ts`.
 */
export { type Config, ConfigInvalid, configurationTable, loadConfig } from './load.ts';
