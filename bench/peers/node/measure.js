// One measurement of one contender, as rust/src/main.rs: measure.js <contender> <task> <folder of inputs>.

import { readFileSync } from 'node:fs';
import { diff } from '@graphql-inspector/core';
import {
  buildASTSchema,
  buildSchema,
  findBreakingChanges,
  findDangerousChanges,
  parse,
  validate,
} from 'graphql';

const [contender, task, folder] = process.argv.slice(2);
const read = (name) => readFileSync(`${folder}/${name}`, 'utf8');
const old = read('old.graphql');
const previous = read('previous.graphql');
const updated = read('new.graphql');
const operations = read('operations.jsonl')
  .trimEnd()
  .split('\n')
  .map((line) => JSON.parse(line).document);

const badChanges = (before) => {
  const [one, other] = [buildSchema(before), buildSchema(updated)];
  return findBreakingChanges(one, other).length + findDangerousChanges(one, other).length;
};
const allChanges = async (before) => (await diff(buildSchema(before), buildSchema(updated))).length;

const tasks = {
  'graphql-js': {
    'schema-parse': () => parse(updated).definitions.length,
    'schema-build': () => Object.keys(buildASTSchema(parse(updated)).getTypeMap()).length,
    'operations-parse': () => {
      for (const operation of operations) parse(operation);
      return operations.length;
    },
    'operations-validate': () => {
      let errors = 0;
      for (const operation of operations) errors += validate(schema, parse(operation)).length;
      return errors;
    },
    diff: () => badChanges(old),
    'diff-release': () => badChanges(previous),
  },
  'graphql-inspector': {
    diff: () => allChanges(old),
    'diff-release': () => allChanges(previous),
  },
};
const schema = task === 'operations-validate' ? buildSchema(updated) : undefined;
const run = tasks[contender][task];

// The compiler of node needs more than one run to come up to speed.
const found = await run();
const warm = performance.now();
while (performance.now() - warm < 1000) await run();
const times = [];
const begun = performance.now();
while (times.length === 0 || performance.now() - begun < 1000) {
  const start = performance.now();
  const again = await run();
  times.push(performance.now() - start);
  if (again !== found) throw new Error('the second run found something else');
}
times.sort((one, other) => one - other);
console.log(times[Math.floor(times.length / 2)], found);
