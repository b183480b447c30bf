import 'reflect-metadata';
import { graphql, printSchema } from 'graphql';
import { Arg, buildSchema, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import * as data from '../data.js';
import {
  Conversation, ConversationFilter, ConversationHit, ConversationItem, ConversationTime, Named, Person, PersonInput,
} from './model.js';
import { answerRequests, events } from '../requests.js';
// paste here: the imports where the code below is

@Resolver(() => Conversation)
class ConversationResolver {
  @FieldResolver(() => Person)
  owner(@Root() conversation: Conversation): Person {
    return data.conversations.find((one) => one.id === conversation.id)!.owner as Person;
  }

  // paste here: above conversationFind of Query, beside its @Query
  @Query(() => Conversation, { nullable: true })
  conversationFind(@Arg('id', () => ID) id: string): Conversation | undefined {
    return data.conversations.find((one) => one.id === id) as Conversation | undefined;
  }

  @Query(() => [Conversation])
  threads(
    @Arg('filter') filter: ConversationFilter,
    @Arg('since', () => ConversationTime, { nullable: true }) since: Date | null | undefined,
  ): Conversation[] {
    // paste here: first in the body of threads of Query
    return data.conversationsOf(filter.state, filter.messageText, since) as Conversation[];
  }

  @Query(() => [ConversationItem])
  items(): ConversationItem[] {
    return [data.conversations[0], data.ada];
  }

  @Query(() => [ConversationHit])
  search(
    @Arg('text') _text: string,
    // paste here: in the parameters of search of Query, in place of the decorator of first
    @Arg('first', () => Int)
    // paste to here
    first: number,
  ): unknown[] {
    return [data.conversations[0], data.ada].slice(0, first);
  }

  @Query(() => [Named])
  named(): Named[] {
    return data.teams;
  }

  @Mutation(() => Person)
  personAdd(@Arg('input') input: PersonInput): Person {
    return { id: 'p2', ...input };
  }
}

const schema = await buildSchema({
  resolvers: [
    ConversationResolver,
    // paste here: in the resolvers of buildSchema
  ],
  validate: false,
});
// paste here: below the schema
await answerRequests(
  printSchema(schema),
  ({ query, operationName, variables }) =>
    graphql({ schema, source: query, operationName, variableValues: variables, contextValue: {} }),
  (asked) => events(schema, asked),
);

// file: model.ts
import { GraphQLScalarType } from 'graphql';
import { createUnionType, Field, ID, InputType, InterfaceType, ObjectType, registerEnumType } from 'type-graphql';
import { day } from '../data.js';
// paste here: the imports of the types

export enum ConversationState {
  OPEN = 'OPEN',
  CLOSED = 'CLOSED',
}

registerEnumType(ConversationState, {
  name:
    // paste here: in place of the name of the enum ConversationState
    'ConversationState',
    // paste to here
});

export enum Role {
  GUEST = 'GUEST',
  MEMBER = 'MEMBER',
}

registerEnumType(Role, { name: 'Role' });

export const ConversationTime = new GraphQLScalarType({
  name:
    // paste here: in place of the name of the scalar ConversationTime
    'ConversationTime',
    // paste to here
  ...day,
});

@InterfaceType(
  // paste here: first in the decorator of the class ConversationItem, in place of its name
  { resolveType: (item) => ('title' in item ? 'Conversation' : 'Person') },
)
export abstract class ConversationItem {
  @Field(() => ID)
  id!: string;
}
// paste here: below the class ConversationItem

@InterfaceType({ resolveType: (named) => ('people' in named ? Team : Person) })
export abstract class Named {
  @Field()
  name!: string;
}

@ObjectType({
  // paste here: in the options of the class Person, in place of implements
  implements: ConversationItem,
  // paste to here
})
export class Person {
  @Field(() => ID)
  id!: string;

  @Field()
  name!: string;

  @Field(() => Role)
  role!: `${Role}`;
}

@ObjectType(
  // paste here: first in the decorator of the class Conversation, in place of its name
  {
    // paste here: in the options of the class Conversation, in place of implements
    implements: ConversationItem,
    // paste to here
  },
)
export class Conversation {
  @Field(() => ID)
  id!: string;

  @Field()
  title!: string;

  @Field(() => ConversationState)
  state!: `${ConversationState}`;

  @Field(() => ConversationTime)
  changed!: Date;
}

@ObjectType({ implements: Named })
export class Team {
  @Field()
  name!: string;

  @Field(() => [Person])
  people!: Person[];
}

export const ConversationHit = createUnionType({
  name:
    // paste here: in place of the name of the union ConversationHit
    'ConversationHit',
    // paste to here
  types: () => [
    Conversation,
    Person,
    // paste here: in the types of the union ConversationHit
  ] as const,
  resolveType: (hit) => ('title' in hit ? Conversation : Person),
});

@InputType(
  // paste here: first in the decorator of the class ConversationFilter, in place of its name
)
export class ConversationFilter {
  @Field(() => ConversationState)
  state!: ConversationState;

  @Field(() => String, { nullable: true })
  messageText?: string | null;
  // paste here: in the class ConversationFilter
}

@InputType()
export class PersonInput {
  @Field()
  name!: string;
  // paste here: in the class PersonInput, in place of the decorator of role
  @Field(() => Role)
  // paste to here
  role!: Role;
}

// file: oldTypes.ts
import { Conversation, Person } from './model.js';
// paste here: a module of its own, oldTypes.ts; the types that it names are yours to import

// file: oldFields.ts
// @ts-ignore The class comes with the patch.
import { Ticket } from './model.js';
// paste here: a module of its own, oldFields.ts; the types that it names are yours to import

// file: oldNames.ts
// paste here: a module of its own, oldNames.ts
