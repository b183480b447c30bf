// Answers with graphql-js what schemacheck answers: for each line {schema, documents} of standard input, whether each
// document is valid.
const readline = require('node:readline');
const { buildSchema, parse, specifiedRules, validate } = require(process.argv[2]);

// The one rule that is none of the specification's.
const rules = specifiedRules.filter((rule) => rule.name !== 'MaxIntrospectionDepthRule');

readline.createInterface({ input: process.stdin }).on('line', (line) => {
  const { schema: sdl, documents } = JSON.parse(line);
  const schema = buildSchema(sdl, { assumeValid: true });
  const valid = documents.map((text) => validate(schema, parse(text), rules).length === 0);
  console.log(JSON.stringify(valid));
});
