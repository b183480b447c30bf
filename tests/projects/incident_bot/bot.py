"""A bot as the incident had them: operations in f-strings, fields from classes."""

import gql

from kit import gql_utils, messages

MAX_THREADS = 500


async def subscribe(client, who_is_asking, variables):
    return client.subscribe(
        gql.gql(f"""subscription {who_is_asking}Threads($tools: [String!]!, $want_emessage_types: [String!]!) {{
            bot_threads_calls_tasks(marketable_name: "karen", marketable_version: 1, tool_names: $tools,
                    max_threads: {MAX_THREADS}, want_emessage_types: $want_emessage_types) {{
                {gql_utils.gql_fields(messages.News)}
            }}
        }}"""),
        variables,
    )


async def unknown_fields(client, fields):
    return client.subscribe(
        gql.gql(f"""subscription Unknown($want_emessage_types: [String!]!) {{
            bot_threads_calls_tasks(marketable_name: "karen", marketable_version: 1, tool_names: [],
                    want_emessage_types: $want_emessage_types) {{
                {gql_utils.gql_fields(fields)}
            }}
        }}""")
    )


async def delete(client, ids):
    document = "mutation Delete($ids: [String!]!) { emessages_delete(emessage_ids: $ids) }"
    return await client.execute(gql.gql(document), {"ids": ids})


async def run(client, text):
    return await client.execute(gql.gql(text))
