"""The server of new.graphql with Graphene."""

import graphene

# paste here: above the types


class Thread(graphene.ObjectType):
    thread_id = graphene.ID(required=True)
    title = graphene.String(required=True)
    # paste here: in the class Thread, below its fields


class Message(graphene.ObjectType):
    message_id = graphene.ID(required=True)
    message_type = graphene.String(required=True)
    message_text = graphene.String(required=True, up_to=graphene.Int(default_value=80))

    def resolve_message_type(root, info):
        return root["kind"]

    def resolve_message_text(root, info, up_to):
        return root["text"][:up_to]


# paste here: below the class Message


class MessageOrder(graphene.Enum):
    class Meta:
        description = "In which order messages come."

    MESSAGE_NEWEST = "newest"
    MSG_OLDEST = "oldest"


class WorkItem(graphene.Interface):
    """Anything a persona has to finish."""

    persona_id = graphene.ID(required=True)
    message_count = graphene.Int(required=True)


# paste here: below the class WorkItem


class Task(graphene.ObjectType):
    class Meta:
        interfaces = (WorkItem,)

    title = graphene.String(required=True)
    details = graphene.String()


class ToolCall(graphene.ObjectType):
    class Meta:
        interfaces = (WorkItem,)

    tool_name = graphene.String(required=True)

    def resolve_message_count(root, info):
        return 5


class TaskInput(graphene.InputObjectType):
    persona_id = graphene.ID(required=True)
    message_title = graphene.String(required=True)
    message_details = graphene.String()
    # paste here: in the class TaskInput, below its fields


# paste here: below the class TaskInput


MESSAGES = [
    {"message_id": "m1", "kind": "SLACK", "text": "hello there"},
    {"message_id": "m2", "kind": "EMAIL", "text": "good morning"},
]


class Query(graphene.ObjectType):
    thread_get = graphene.Field(Thread, thread_id=graphene.ID(required=True))
    work_items = graphene.List(graphene.NonNull(WorkItem), required=True, persona_id=graphene.ID(required=True))
    messages = graphene.List(
        graphene.NonNull(Message),
        required=True,
        message_types=graphene.List(graphene.NonNull(graphene.String)),
        order=MessageOrder(required=True, default_value=MessageOrder.MESSAGE_NEWEST),
        first=graphene.Int(default_value=10),
    )

    async def resolve_thread_get(root, info, thread_id):
        return Thread(thread_id=thread_id, title="Refunds") if thread_id == "t1" else None

    def resolve_work_items(root, info, persona_id):
        return [
            Task(persona_id=persona_id, message_count=2, title="Call back"),
            ToolCall(persona_id=persona_id, tool_name="search"),
        ]

    def resolve_messages(root, info, order, first, message_types=None):
        found = [message for message in MESSAGES if not message_types or message["kind"] in message_types]
        if order is MessageOrder.MESSAGE_NEWEST:
            found.reverse()
        return found[:first]


# paste here: below the class Query


class TaskPost(graphene.Mutation):
    class Arguments:
        input = TaskInput(required=True)

    Output = graphene.NonNull(Task)

    def mutate(root, info, input):
        details = input.get("message_details", "none given")
        return Task(persona_id=input.persona_id, message_count=0, title=input.message_title, details=details)


class MessagesDelete(graphene.Mutation):
    class Arguments:
        message_ids = graphene.List(graphene.NonNull(graphene.ID), required=True)

    Output = graphene.NonNull(graphene.Int)

    def mutate(root, info, message_ids):
        return len(message_ids)


class Mutation(graphene.ObjectType):
    messages_delete = MessagesDelete.Field()
    task_post = TaskPost.Field()


# paste here: below the class Mutation


class Subscription(graphene.ObjectType):
    message_news = graphene.Field(
        graphene.NonNull(Message),
        types=graphene.List(graphene.NonNull(graphene.String), required=True, default_value=[]),
    )

    async def subscribe_message_news(root, info, types):
        for message in MESSAGES:
            if message["kind"] in types:
                yield message


# paste here: below the class Subscription


schema = graphene.Schema(query=Query, mutation=Mutation, subscription=Subscription, types=[Task, ToolCall])
# paste here: below the schema
sdl = str(schema)
