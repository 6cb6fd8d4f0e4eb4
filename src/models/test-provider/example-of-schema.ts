type Schema = Readonly<Record<string, unknown>>;

/** A small value that fits a JSON schema of the usual keywords: the first of each choice, the least of each range. */
export function exampleOf(given: unknown): unknown {
  const schema = (typeof given === 'object' && given !== null ? given : {}) as Schema;
  if (schema['const'] !== undefined) return schema['const'];
  const [choice] = array(schema['enum']);
  if (choice !== undefined) return choice;
  const [alternative] = array(schema['anyOf'] ?? schema['oneOf']);
  if (alternative !== undefined) return exampleOf(alternative);
  return exampleOfType(schema);
}

function exampleOfType(schema: Schema): unknown {
  switch (Array.isArray(schema['type']) ? schema['type'][0] : schema['type']) {
    case 'object': {
      const properties = Object.entries((schema['properties'] ?? {}) as Schema);
      return Object.fromEntries(properties.map(([name, property]) => [name, exampleOf(property)]));
    }
    case 'array':
      return Array.from({ length: Number(schema['minItems'] ?? 1) }, () => exampleOf(schema['items']));
    case 'integer':
    case 'number':
      return Number(schema['minimum'] ?? 1);
    case 'boolean':
      return true;
    case 'null':
      return null;
    default:
      return 'text'.padEnd(Number(schema['minLength'] ?? 0), '.');
  }
}

function array(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}
