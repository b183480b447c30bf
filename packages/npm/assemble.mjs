// Makes the npm packages of a release: one for each machine and the one that people install.
//
//   node assemble.mjs VERSION FOLDER TARGET=PROGRAM…
//
// where TARGET is a Rust target and PROGRAM the file that was built for it.
import { chmodSync, copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const MACHINES = {
  "x86_64-unknown-linux-musl": { os: "linux", cpu: "x64" },
  "aarch64-unknown-linux-musl": { os: "linux", cpu: "arm64" },
  "x86_64-apple-darwin": { os: "darwin", cpu: "x64" },
  "aarch64-apple-darwin": { os: "darwin", cpu: "arm64" },
  "x86_64-pc-windows-msvc": { os: "win32", cpu: "x64" },
};
const here = dirname(fileURLToPath(import.meta.url));
const [version, folder, ...programs] = process.argv.slice(2);
const common = {
  version,
  license: "MIT OR Apache-2.0",
  repository: { type: "git", url: "git+https://github.com/schemacheck/schemacheck.git" },
};

const write = (name, description, rest, files) => {
  const to = join(folder, name);
  mkdirSync(to, { recursive: true });
  const manifest = { name, description, ...common, ...rest, files: Object.keys(files) };
  writeFileSync(join(to, "package.json"), `${JSON.stringify(manifest, null, 2)}\n`);
  for (const [file, from] of Object.entries(files)) {
    copyFileSync(from, join(to, file));
    if (!file.includes(".") || file.endsWith(".exe")) chmodSync(join(to, file), 0o755);
  }
};

const parts = {};
for (const argument of programs) {
  const [target, program] = argument.split(/=(.*)/s);
  const machine = MACHINES[target];
  if (!machine || !program) throw new Error(`${argument} is not TARGET=PROGRAM with a known target`);
  const name = `@schemacheck/${machine.os}-${machine.cpu}`;
  const file = machine.os === "win32" ? "schemacheck.exe" : "schemacheck";
  write(name, `schemacheck for ${machine.os} on ${machine.cpu}`, { os: [machine.os], cpu: [machine.cpu] }, { [file]: program });
  parts[name] = version;
}
write(
  "schemacheck",
  "Which stored operations does a change of a GraphQL schema break, and which aliases keep them alive?",
  {
    keywords: ["graphql", "schema", "breaking-changes", "ci"],
    bin: { schemacheck: "schemacheck.js" },
    engines: { node: ">=18" },
    optionalDependencies: parts,
  },
  { "schemacheck.js": join(here, "schemacheck.js"), "README.md": join(here, "README.md") },
);
