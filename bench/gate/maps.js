// Writes one map of operations for each version of each client: maps.js <operations.jsonl> <folder>
const { readFileSync, writeFileSync } = require("node:fs");
const { join } = require("node:path");

const [operations, folder] = process.argv.slice(2);
const documents = readFileSync(operations, "utf8").trim().split("\n").map((line) => JSON.parse(line).document);
const [clients, versions, size, replaced] = [20, 50, 200, 2];

let next = 0;
for (let client = 0; client < clients; client++) {
  const sent = documents.slice(next, (next += size));
  for (let version = 0; version < versions; version++) {
    if (version > 0) {
      for (let at = 0; at < replaced; at++) {
        sent[(version * replaced + at) % size] = documents[next++];
      }
    }
    const map = Object.fromEntries(sent.map((document, at) => [`o${at}`, document]));
    writeFileSync(join(folder, `client${client}@${version}.json`), JSON.stringify(map));
  }
}
