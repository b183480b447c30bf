import 'reflect-metadata';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ApolloDriver, type ApolloDriverConfig } from '@nestjs/apollo';
import { Args, GraphQLModule, GraphQLSchemaHost, ID, Int, Mutation, Query, Resolver, Subscription } from '@nestjs/graphql';
import { printSchema } from 'graphql';
import { NoteInput, NoteKind } from './model.js';
import { answerRequests, events } from '../requests.js';
// paste here: the imports where the code below is

@Resolver()
class NoteResolver {
  @Query(() => [String])
  messageFind(
    // paste here: in the parameters of messageFind of Query, in place of the decorator of messageIds
    @Args('messageIds', { type: () => [ID] })
    // paste to here
    messageIds: string[],
    @Args('messageLimit', { type: () => Int, nullable: true, defaultValue: 5 }) messageLimit: number,
    // paste here: in the parameters of messageFind of Query
  ): string[] {
    // paste here: first in the body of messageFind of Query
    return messageIds.slice(0, messageLimit).map((id) => `m${id}`);
  }

  @Query(() => [String])
  notes(
    @Args('kind', { type: () => NoteKind, nullable: true }) kind: NoteKind | undefined,
    // paste here: in the parameters of notes of Query
  ): string[] {
    return [String(kind)];
  }

  @Query(() => String, {
    // paste here: in the options of note of Query, in place of nullable
    nullable: true,
    // paste to here
  })
  note(@Args('id', { type: () => ID }) id: string): string {
    return id;
  }

  @Query(() => [String])
  search(
    // paste here: in the parameters of search of Query, in place of the decorator of text
    @Args('text', { type: () => String })
    // paste to here
    text: string,
  ): string[] {
    // paste here: first in the body of search of Query
    return [text || 'nothing'];
  }

  @Mutation(() => String)
  noteAdd(@Args('input') input: NoteInput): string {
    // paste here: first in the body of noteAdd of Mutation
    return `${input.author ?? 'nobody'}: ${input.text}`;
  }

  @Subscription(() => Int)
  async *messageTicks(
    @Args('messageCount', { type: () => Int, defaultValue: 2 }) messageCount: number,
    // paste here: in the parameters of messageTicks of Subscription
  ) {
    // paste here: first in the body of messageTicks of Subscription
    for (let tick = 1; tick <= messageCount; tick++) yield { messageTicks: tick };
  }
}

@Module({
  imports: [GraphQLModule.forRoot<ApolloDriverConfig>({ driver: ApolloDriver, autoSchemaFile: true, playground: false })],
  providers: [
    NoteResolver,
    // paste here: in the providers of the module
  ],
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

// file: model.ts
import { Field, InputType, registerEnumType } from '@nestjs/graphql';

export enum NoteKind {
  SHORT = 'SHORT',
  LONG = 'LONG',
  // paste here: in the enum NoteKind
}

registerEnumType(NoteKind, {
  name: 'NoteKind',
  valuesMap: {
    // paste here: in registerEnumType of NoteKind, in its valuesMap
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
