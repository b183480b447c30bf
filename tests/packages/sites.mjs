// The documents in the JavaScript and TypeScript of a folder, as the compiler of TypeScript and graphql-js themselves read
// them: every text that parses as a document and is no shorthand, and every call of gql whose text is put together while the
// program runs. Usage: sites.mjs FOLDER

import {readFileSync, readdirSync} from "node:fs";
import {join} from "node:path";

import {Kind, parse} from "graphql";
import ts from "typescript";

const root = process.argv[2];
const files = readdirSync(root, {recursive: true})
  .filter((name) => /\.([cm]?js|tsx?)$/.test(name) && !/\.d\.[cm]?ts$/.test(name))
  .sort();
const sites = [];
for (const name of files) {
  const file = name.replaceAll("\\", "/");
  const source = ts.createSourceFile(file, readFileSync(join(root, name), "utf8"), ts.ScriptTarget.Latest, true);
  const add = (node, kind, names) => {
    const places = [node.getStart(source), node.getEnd()].map((at) => source.getLineAndCharacterOfPosition(at));
    const [begin, end] = places.map(({line, character}) => [line + 1, character + 1]);
    sites.push({file, begin, end, kind, names});
  };
  const visit = (node) => {
    const tagged = ts.isTaggedTemplateExpression(node);
    const called = ts.isCallExpression(node);
    const callee = tagged ? node.tag : called ? node.expression : undefined;
    const built = tagged ? ts.isTemplateExpression(node.template) : called && !ts.isStringLiteralLike(node.arguments[0] ?? node);
    if (callee && built && /(^|\.)gql$/.test(callee.getText(source))) {
      // Its texts are no documents by themselves.
      add(node, "built", []);
      return;
    }
    if (ts.isStringLiteralLike(node) && /^[\s,]*(query|mutation|subscription|fragment)\b/.test(node.text)) {
      let document;
      try {
        document = parse(node.text);
      } catch {
        return;
      }
      const operations = document.definitions.filter(({kind}) => kind === Kind.OPERATION_DEFINITION);
      add(node, operations.length > 0 ? "operations" : "fragments", operations.map((operation) => operation.name?.value));
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
}
process.stdout.write(JSON.stringify(sites));
