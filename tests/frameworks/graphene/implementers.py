"""The server of implementers/new.graphql with Graphene."""

import graphene

# paste here: above the types


class Named(graphene.Interface):
    name = graphene.String(required=True)


# paste here: below the class Named


class Person(graphene.ObjectType):
    class Meta:
        interfaces = (Named,)


class TaskInput(graphene.InputObjectType):
    message_title = graphene.String(required=True)
    # paste here: in the class TaskInput, below its fields


# paste here: below the class TaskInput


class Query(graphene.ObjectType):
    named = graphene.List(graphene.NonNull(Named), required=True)

    def resolve_named(root, info):
        return [Person(name="Ada")]

    # paste here: in the class Query, below its fields


class Mutation(graphene.ObjectType):
    message_post = graphene.String(required=True, input=TaskInput(required=True))

    def resolve_message_post(root, info, input):
        return input.message_title


# paste here: below the class Mutation


schema = graphene.Schema(
    query=Query,
    mutation=Mutation,
    types=[
        Person,
        # paste here: in the types of the schema
    ],
)
sdl = str(schema)
