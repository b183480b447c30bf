#!/usr/bin/env node
// Finds the program of this machine among the optional packages, of which npm installs the one that fits, and runs it.
"use strict";
const { spawnSync } = require("node:child_process");
const { constants } = require("node:os");

const name = `@schemacheck/${process.platform}-${process.arch}`;
const file = process.platform === "win32" ? "schemacheck.exe" : "schemacheck";
let program;
try {
  program = require.resolve(`${name}/${file}`);
} catch {
  console.error(`error: the package ${name} is not installed; install schemacheck without --omit=optional, on a machine that it is made for`);
  process.exit(2);
}
const { status, signal, error } = spawnSync(program, process.argv.slice(2), { stdio: "inherit" });
if (error) {
  console.error(`error: ${program} cannot be run: ${error.message}`);
  process.exit(2);
}
process.exit(signal ? 128 + constants.signals[signal] : status);
