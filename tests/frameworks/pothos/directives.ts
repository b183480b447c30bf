import SchemaBuilder from '@pothos/core';
import {
  DirectiveLocation, getArgumentValues, graphql, GraphQLDirective, GraphQLInt, GraphQLNonNull,
  type GraphQLResolveInfo, GraphQLString, printSchema, specifiedDirectives,
} from 'graphql';
import { answerRequests, events } from '../requests.js';
// paste here: the imports where the code below is

const { FIELD } = DirectiveLocation;
const int = new GraphQLNonNull(GraphQLInt);
const string = new GraphQLNonNull(GraphQLString);
const shout = new GraphQLDirective({
  name: 'shout', description: 'Says it loudly.', locations: [FIELD], args: { times: { type: int, defaultValue: 1 } },
});
const behind = new GraphQLDirective({
  name: 'behind', description: 'Puts a word behind.', locations: [FIELD], args: { text: { type: string } },
});
const repeat = new GraphQLDirective({
  name: 'repeat', description: 'Says it several times.', locations: [FIELD], args: { times: { type: int } },
});
const pad = new GraphQLDirective({
  name: 'pad', description: 'Fills up with dots.', locations: [FIELD], args: { width: { type: int } },
});

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

const builder = new SchemaBuilder<object>({});

builder.queryType({
  fields: (t) => ({
    hello: t.string({ nullable: false, resolve: (_, args, context, info) => applied('hello', info) }),
  }),
});

const schema = builder.toSchema({
  directives: [
    ...specifiedDirectives,
    // paste here: in the directives of builder.toSchema, in place of @shout
    shout,
    // paste to here
    // paste here: in the directives of builder.toSchema, in place of @behind
    behind,
    // paste to here
    // paste here: in the directives of builder.toSchema, in place of @repeat
    repeat,
    // paste to here
    // paste here: in the directives of builder.toSchema, in place of @pad
    pad,
    // paste to here
    // paste here: in the directives of builder.toSchema
  ],
});

await answerRequests(
  printSchema(schema),
  ({ query, operationName, variables }) =>
    graphql({ schema, source: query, operationName, variableValues: variables, contextValue: {} }),
  (asked) => events(schema, asked),
);

// file: oldDirectives.ts
// paste here: a module of its own, oldDirectives.ts

// file: oldNames.ts
// paste here: a module of its own, oldNames.ts
