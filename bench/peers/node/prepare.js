// Writes the schemas for all contenders: prepare.js <folder of inputs>.
//
// GitHub's newer schemas define two fields twice. graphql-js, graphql-inspector and apollo-compiler refuse it, so that
// all get it without the second definitions.

import { readFileSync, writeFileSync } from 'node:fs';
import { parse } from 'graphql';

function withoutDuplicateFields(text) {
  let result = '';
  let at = 0;
  for (const definition of parse(text).definitions) {
    const names = new Set();
    for (const field of definition.fields ?? []) {
      if (names.has(field.name.value)) {
        result += text.slice(at, field.loc.start);
        at = field.loc.end;
      }
      names.add(field.name.value);
    }
  }
  return result + text.slice(at);
}

for (const name of ['old', 'previous', 'new']) {
  const text = readFileSync(`node_modules/schema-${name}/schema.graphql`, 'utf8');
  writeFileSync(`${process.argv[2]}/${name}.graphql`, withoutDuplicateFields(text));
}
