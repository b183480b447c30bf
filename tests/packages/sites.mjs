// The documents in the JavaScript and TypeScript of a folder, as the compiler of TypeScript and graphql-js themselves read
// them: every text that parses as a document and is no shorthand, every tree of graphql-js with its text, and every call of
// gql whose text is put together, as a document where its own parts are one without what stands between them.
// Usage: sites.mjs FOLDER

import {readFileSync, readdirSync} from "node:fs";
import {join} from "node:path";

import {Kind, parse, print} from "graphql";
import ts from "typescript";

const root = process.argv[2];
const files = readdirSync(root, {recursive: true})
  .filter((name) => /\.([cm]?js|tsx?)$/.test(name) && !/\.d\.[cm]?ts$/.test(name))
  .sort();
const sites = [];

// The value of a literal that is data alone; nothing where it is more.
function data(node) {
  if (ts.isStringLiteralLike(node)) return node.text;
  if (node.kind === ts.SyntaxKind.TrueKeyword || node.kind === ts.SyntaxKind.FalseKeyword)
    return node.kind === ts.SyntaxKind.TrueKeyword;
  if (ts.isArrayLiteralExpression(node)) return node.elements.map(data);
  if (!ts.isObjectLiteralExpression(node)) throw new Error("no data");
  return Object.fromEntries(node.properties.map(({name, initializer}) => [name.text, data(initializer)]));
}

function tree(node) {
  if (!ts.isObjectLiteralExpression(node)) return undefined;
  try {
    const value = data(node);
    return value.kind === Kind.DOCUMENT ? value : undefined;
  } catch {
    return undefined;
  }
}

// The texts of a template, or of the list that a compiler made of it.
function texts(node) {
  if (ts.isTaggedTemplateExpression(node)) {
    const {head, templateSpans} = node.template;
    return [head.text, ...templateSpans.map(({literal}) => literal.text)];
  }
  const lists = [];
  const find = (node) => {
    if (ts.isArrayLiteralExpression(node) && node.elements.every(ts.isStringLiteralLike)) lists.push(node);
    ts.forEachChild(node, find);
  };
  if (node.arguments[0]) find(node.arguments[0]);
  return lists[0]?.elements.map(({text}) => text) ?? [];
}

for (const name of files) {
  const file = name.replaceAll("\\", "/");
  const source = ts.createSourceFile(file, readFileSync(join(root, name), "utf8"), ts.ScriptTarget.Latest, true);
  const add = (node, kind, names, text) => {
    const places = [node.getStart(source), node.getEnd()].map((at) => source.getLineAndCharacterOfPosition(at));
    const [begin, end] = places.map(({line, character}) => [line + 1, character + 1]);
    sites.push({file, begin, end, kind, names, text});
  };
  const document = (node, {definitions}, text) => {
    const operations = definitions.filter(({kind}) => kind === Kind.OPERATION_DEFINITION);
    add(node, operations.length > 0 ? "operations" : "fragments", operations.map((operation) => operation.name?.value), text);
  };
  const visit = (node) => {
    const value = tree(node);
    if (value) {
      document(node, value, print(value));
      return;
    }
    const tagged = ts.isTaggedTemplateExpression(node);
    const called = ts.isCallExpression(node);
    const callee = tagged ? node.tag : called ? node.expression : undefined;
    const built = tagged ? ts.isTemplateExpression(node.template) : called && !ts.isStringLiteralLike(node.arguments[0] ?? node);
    if (callee && built && /(^|\.)gql$/.test(callee.getText(source))) {
      // Its texts are no documents by themselves.
      try {
        document(node, parse(texts(node).join("\n")));
      } catch {
        add(node, "built", []);
      }
      return;
    }
    if (ts.isStringLiteralLike(node) && /^[\s,]*(query|mutation|subscription|fragment)\b/.test(node.text)) {
      let parsed;
      try {
        parsed = parse(node.text);
      } catch {
        return;
      }
      document(node, parsed);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
}
process.stdout.write(JSON.stringify(sites));
