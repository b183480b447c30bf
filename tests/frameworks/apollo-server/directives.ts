import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { makeExecutableSchema } from '@graphql-tools/schema';
import { getArgumentValues, graphql, type GraphQLResolveInfo, printSchema } from 'graphql';
import { answerRequests, events } from '../requests.js';
// paste here: the imports of the server

const SHOUT =
  // paste here: where @shout is read, in place of its name
  'shout'
  // paste to here
;

/** What the directives at a field make of a text, one after the other. */
function applied(text: string, info: GraphQLResolveInfo): string {
  for (const node of info.fieldNodes[0].directives ?? []) {
    const directive = info.schema.getDirective(node.name.value)!;
    const args: any = getArgumentValues(directive, node, info.variableValues);
    switch (directive.name) {
      case SHOUT:
        text = text.toUpperCase() + '!'.repeat(args.times);
        break;
      case 'behind':
        // paste here: where the arguments of @behind are read, as args
        text = `${text} ${args.text}`;
        break;
      case 'repeat':
        text = Array(args.times).fill(text).join(' ');
        break;
      case 'pad':
        // paste here: where the arguments of @pad are read, as args
        text = text.padEnd(args.width, '.');
        break;
    }
  }
  return text;
}

const resolvers = {
  Query: {
    hello: (_: unknown, args: object, context: object, info: GraphQLResolveInfo) => applied('hello', info),
  },
};

const schema = makeExecutableSchema({
  typeDefs: readFileSync(`${dirname(process.argv[2])}/schema.graphql`, 'utf8'),
  resolvers: [resolvers],
});

await answerRequests(
  printSchema(schema),
  ({ query, operationName, variables }) =>
    graphql({ schema, source: query, operationName, variableValues: variables, contextValue: {} }),
  (asked) => events(schema, asked),
);

// file: oldNames.ts
// paste here: a module of its own, oldNames.ts
