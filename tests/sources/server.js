// A GraphQL server on graphql-js: node server.js PACKAGE SDL, where PACKAGE is the folder of graphql-js. Prints its address.
const { readFileSync } = require("node:fs");
const { createServer } = require("node:http");

const [folder, file] = process.argv.slice(2);
const graphql = require(folder);
// The oldest version takes no object of arguments.
// An older version passes over directives that it does not know.
const schema = graphql.buildSchema(readFileSync(file, "utf8"), { assumeValidSDL: true });
const printed = (schema) => graphql.printSchema(graphql.lexicographicSortSchema(schema));

const server = createServer((request, response) => {
  let body = "";
  request.on("data", (chunk) => (body += chunk));
  request.on("end", async () => {
    if (request.url === "/printed") {
      // What the text of a client means, beside what this schema is.
      response.end(JSON.stringify([printed(graphql.buildSchema(body)), printed(schema)]));
      return;
    }
    const source = graphql.parse(JSON.parse(body).query);
    const errors = graphql.validate(schema, source);
    const result = errors.length ? { errors } : await graphql.execute({ schema, document: source });
    response.writeHead(errors.length ? 400 : 200, { "content-type": "application/graphql-response+json" });
    response.end(JSON.stringify(result));
  });
});
server.listen(0, "127.0.0.1", () => console.log(`http://127.0.0.1:${server.address().port}/graphql`));
