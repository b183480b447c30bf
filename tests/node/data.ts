// The data of all servers, and what their resolvers have to know.

export type Thread = { threadId: string; title: string; coinsSpent: number };
export type Message = { messageId: string; messageType: string; text: string };
export type Task = { personaId: string; messageCount: number; title: string; details: string | null };
export type ToolCall = { personaId: string; messageCount: number; toolName: string };

export const threads: Thread[] = [{ threadId: 't1', title: 'Refunds', coinsSpent: 7 }];

/** Oldest first. */
export const messages: Message[] = [
  { messageId: 'm1', messageType: 'SLACK', text: 'hello there' },
  { messageId: 'm2', messageType: 'EMAIL', text: 'good morning' },
];

export const tasks: Task[] = [{ personaId: 'p1', messageCount: 2, title: 'Call back', details: null }];
export const toolCalls: ToolCall[] = [{ personaId: 'p1', messageCount: 5, toolName: 'search' }];

/** Messages of some types, or of all. */
export function messagesOf(types: readonly string[] | null | undefined): Message[] {
  return messages.filter((message) => !types || types.includes(message.messageType));
}

/** One event for each message of these types. */
export async function* newsOf(types: readonly string[]): AsyncGenerator<Message> {
  yield* messagesOf(types);
}

/** A task without details has "none given", one whose details are null has none. */
export function posted(personaId: string, title: string, details: string | null | undefined): Task {
  return { personaId, messageCount: 0, title, details: details === undefined ? 'none given' : details };
}
