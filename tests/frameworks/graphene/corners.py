"""The server of corners/new.graphql with Graphene."""

import graphene

# paste here: above the types


class NoteKind(graphene.Enum):
    class Meta:
        description = ""

    SHORT = "short"
    LONG = "long"
    # paste here: in the class NoteKind, below its fields


class NoteInput(graphene.InputObjectType):
    text = graphene.String(required=True)
    author = graphene.String(required=True)
    # paste here: in the class NoteInput, below its fields


class Query(graphene.ObjectType):
    message_find = graphene.List(
        graphene.NonNull(graphene.String),
        required=True,
        message_ids=graphene.List(graphene.NonNull(graphene.ID), required=True),
        message_limit=graphene.Int(default_value=5),
    )
    notes = graphene.List(graphene.NonNull(graphene.String), required=True, kind=NoteKind())
    note = graphene.String(id=graphene.ID(required=True))
    search = graphene.List(graphene.NonNull(graphene.String), required=True, text=graphene.String(required=True))

    def resolve_message_find(root, info, message_ids, message_limit):
        return [f"m{message_id}" for message_id in message_ids[:message_limit]]

    def resolve_notes(root, info, kind=None):
        return [kind.name]

    def resolve_note(root, info, id):
        return id

    def resolve_search(root, info, text):
        return [text or "nothing"]


# paste here: below the class Query


class Mutation(graphene.ObjectType):
    note_add = graphene.String(required=True, input=NoteInput(required=True))

    def resolve_note_add(root, info, input):
        return f"{input.author or 'nobody'}: {input.text}"


class Subscription(graphene.ObjectType):
    message_ticks = graphene.Int(required=True, message_count=graphene.Int(required=True, default_value=2))

    async def subscribe_message_ticks(root, info, message_count):
        for tick in range(message_count):
            yield tick + 1

    # paste here: in the class Subscription, below its fields


# paste here: below the class Subscription


schema = graphene.Schema(query=Query, mutation=Mutation, subscription=Subscription)
# paste here: below the schema
sdl = str(schema)
