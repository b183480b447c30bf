import 'reflect-metadata';
import { graphql, printSchema } from 'graphql';
import { Arg, buildSchema, Mutation, Query, Resolver } from 'type-graphql';
import { Named, Person, TaskInput } from './model.js';
import { answerRequests, events } from '../requests.js';
// paste here: the imports where the code below is

@Resolver()
class TaskResolver {
  @Query(() => [Named])
  named(): Named[] {
    return [Object.assign(new Person(), { name: 'Ada' })];
  }

  // paste here: above messagePost of Mutation, beside its @Mutation
  @Mutation(() => String)
  messagePost(@Arg('input') input: TaskInput): string {
    // paste here: first in the body of messagePost of Mutation
    return input.messageTitle;
  }
}

const schema = await buildSchema({
  resolvers: [
    TaskResolver,
    // paste here: in the resolvers of buildSchema
  ],
  validate: false,
});
await answerRequests(
  printSchema(schema),
  ({ query, operationName, variables }) =>
    graphql({ schema, source: query, operationName, variableValues: variables, contextValue: {} }),
  (asked) => events(schema, asked),
);

// file: model.ts
import { Field, InputType, InterfaceType, ObjectType } from 'type-graphql';
// paste here: the imports of the types

@InterfaceType()
export abstract class Named {
  @Field()
  name!: string;
}

@ObjectType({ implements: Named })
export class Person extends Named {}
// paste here: below the class Named

@InputType()
export class TaskInput {
  // paste here: in the class TaskInput, in place of the decorator of messageTitle
  @Field()
  // paste to here
  messageTitle!: string;
  // paste here: in the class TaskInput
}

// file: oldTypes.ts
// paste here: a module of its own, oldTypes.ts; the types that it names are yours to import

// file: oldFields.ts
// paste here: a module of its own, oldFields.ts; the types that it names are yours to import

// file: oldNames.ts
// paste here: a module of its own, oldNames.ts
