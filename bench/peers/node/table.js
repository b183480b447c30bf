// The results of all rounds as one Markdown table: table.js <results>.

import { readFileSync } from 'node:fs';

const titles = {
  'schema-parse': 'parse a schema',
  'schema-build': 'parse and build a schema',
  'operations-parse': 'parse 10,000 operations',
  'operations-validate': 'parse and validate 10,000 operations',
  diff: 'two texts to their differences, years apart',
  'diff-release': 'two texts to their differences, one release apart',
};

const results = new Map();
for (const line of readFileSync(process.argv[2], 'utf8').trim().split('\n')) {
  const [task, contender, time, found] = line.split(' ');
  const key = `${task} ${contender}`;
  if (!results.has(key)) results.set(key, { task, contender, found, times: [] });
  results.get(key).times.push(Number(time));
}

const median = (times) => [...times].sort((one, other) => one - other)[Math.floor(times.length / 2)];
const baseline = (task) => median(results.get(`${task} schemacheck`).times);

console.log('| task | contender | median, ms | ratio | spread | found |');
console.log('|---|---|--:|--:|--:|--:|');
for (const { task, contender, found, times } of results.values()) {
  const time = median(times);
  const ratio = time / baseline(task);
  const spread = ((Math.max(...times) - Math.min(...times)) / time) * 100;
  const columns = [
    titles[task],
    contender,
    time < 100 ? time.toPrecision(3) : time.toFixed(0),
    `${ratio < 10 ? ratio.toFixed(1) : ratio.toFixed(0)}×`,
    `${spread.toFixed(0)} %`,
    found,
  ];
  console.log(`| ${columns.join(' | ')} |`);
}
