import 'reflect-metadata';
import { graphql, printSchema } from 'graphql';
import { createPubSub } from 'graphql-yoga';
import { Arg, buildSchema, ID, Int, Mutation, Query, Resolver, Root, Subscription } from 'type-graphql';
import { NoteInput, NoteKind } from './model.js';
import { answerRequests, events } from '../requests.js';
// paste here: the imports where the code below is

@Resolver()
class NoteResolver {
  @Query(() => [String])
  messageFind(
    // paste here: in the parameters of messageFind of Query, in place of the decorator of messageIds
    @Arg('messageIds', () => [ID])
    // paste to here
    messageIds: string[],
    @Arg('messageLimit', () => Int, { nullable: true, defaultValue: 5 }) messageLimit: number,
    // paste here: in the parameters of messageFind of Query
  ): string[] {
    // paste here: first in the body of messageFind of Query
    return messageIds.slice(0, messageLimit).map((id) => `m${id}`);
  }

  @Query(() => [String])
  notes(
    @Arg('kind', () => NoteKind, { nullable: true }) kind: NoteKind | undefined,
    // paste here: in the parameters of notes of Query
  ): string[] {
    return [String(kind)];
  }

  @Query(() => String, {
    // paste here: in the options of note of Query, in place of nullable
    nullable: true,
    // paste to here
  })
  note(@Arg('id', () => ID) id: string): string {
    return id;
  }

  @Query(() => [String])
  search(
    // paste here: in the parameters of search of Query, in place of the decorator of text
    @Arg('text', () => String)
    // paste to here
    text: string,
  ): string[] {
    // paste here: first in the body of search of Query
    return [text || 'nothing'];
  }

  @Mutation(() => String)
  noteAdd(@Arg('input') input: NoteInput): string {
    // paste here: first in the body of noteAdd of Mutation
    return `${input.author ?? 'nobody'}: ${input.text}`;
  }

  @Subscription(() => Int, {
    subscribe: async function* ({ args }) {
      // paste here: first in the subscribe of messageTicks of Subscription
      for (let tick = 1; tick <= args.messageCount; tick++) yield tick;
    },
  })
  messageTicks(
    @Root() tick: number,
    @Arg('messageCount', () => Int, { defaultValue: 2 }) messageCount: number,
    // paste here: in the parameters of messageTicks of Subscription
  ): number {
    // paste here: first in the body of messageTicks of Subscription
    return tick;
  }
}

const schema = await buildSchema({
  resolvers: [
    NoteResolver,
    // paste here: in the resolvers of buildSchema
  ],
  validate: false,
  pubSub: createPubSub(),
});
await answerRequests(
  printSchema(schema),
  ({ query, operationName, variables }) =>
    graphql({ schema, source: query, operationName, variableValues: variables, contextValue: {} }),
  (asked) => events(schema, asked),
);

// file: model.ts
import { Field, InputType, registerEnumType } from 'type-graphql';

export enum NoteKind {
  SHORT = 'SHORT',
  LONG = 'LONG',
  // paste here: in the enum NoteKind
}

registerEnumType(NoteKind, {
  name: 'NoteKind',
  valuesConfig: {
    // paste here: in registerEnumType of NoteKind, in its valuesConfig
  },
});

@InputType()
export class NoteInput {
  @Field()
  text!: string;

  // paste here: in the class NoteInput, in place of the decorator of author
  @Field()
  // paste to here
  author!: string;
  // paste here: in the class NoteInput
}

// file: oldFields.ts
// paste here: a module of its own, oldFields.ts; the types that it names are yours to import

// file: oldNames.ts
// paste here: a module of its own, oldNames.ts
