import 'reflect-metadata';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ApolloDriver, type ApolloDriverConfig } from '@nestjs/apollo';
import { GraphQLModule, GraphQLSchemaHost, Info, Query, Resolver } from '@nestjs/graphql';
import {
  DirectiveLocation, getArgumentValues, GraphQLDirective, GraphQLInt, GraphQLNonNull, type GraphQLResolveInfo,
  GraphQLString, printSchema,
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

@Resolver()
class HelloResolver {
  @Query(() => String)
  hello(@Info() info: any): string {
    return applied('hello', info);
  }
}

@Module({
  imports: [
    GraphQLModule.forRoot<ApolloDriverConfig>({
      driver: ApolloDriver,
      autoSchemaFile: true,
      playground: false,
      buildSchemaOptions: {
        directives: [
          // paste here: in the directives of buildSchemaOptions, in place of @shout
          shout,
          // paste to here
          // paste here: in the directives of buildSchemaOptions, in place of @behind
          behind,
          // paste to here
          // paste here: in the directives of buildSchemaOptions, in place of @repeat
          repeat,
          // paste to here
          // paste here: in the directives of buildSchemaOptions, in place of @pad
          pad,
          // paste to here
          // paste here: in the directives of buildSchemaOptions
        ],
      },
    }),
  ],
  providers: [HelloResolver],
})
class ServerModule {}

const server = await NestFactory.create(ServerModule, { logger: ['error'] });
await server.listen(0, '127.0.0.1');
const url = `${await server.getUrl()}/graphql`;
const { schema } = server.get(GraphQLSchemaHost);
await answerRequests(
  printSchema(schema),
  async (asked) => {
    const headers = { 'content-type': 'application/json' };
    return (await fetch(url, { method: 'POST', headers, body: JSON.stringify(asked) })).json();
  },
  (asked) => events(schema, asked),
);
await server.close();

// file: oldDirectives.ts
// paste here: a module of its own, oldDirectives.ts

// file: oldNames.ts
// paste here: a module of its own, oldNames.ts
