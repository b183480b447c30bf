"""The server of one-of/new.graphql with Graphene, which leaves @oneOf to graphql-core."""

import graphene

# paste here: above the types


class FindBy(graphene.InputObjectType):
    id = graphene.ID()
    name = graphene.String()


class Query(graphene.ObjectType):
    find = graphene.String(required=True, by=FindBy(required=True))

    def resolve_find(root, info, by):
        if by.id:
            return f"thread {by.id}"
        return f"person {by.name}" if by.name else "nothing"


schema = graphene.Schema(query=Query)
schema.graphql_schema.type_map["FindBy"].is_one_of = True
# paste here: below the schema
sdl = str(schema)
