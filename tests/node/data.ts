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

export type Person = { id: string; name: string; role: 'GUEST' | 'MEMBER' };
export type Conversation = { id: string; title: string; state: 'OPEN' | 'CLOSED'; changed: Date; owner: Person };
export type Team = { name: string; people: Person[] };

export const ada: Person = { id: 'p1', name: 'Ada', role: 'MEMBER' };

export const conversations: Conversation[] = [
  { id: 't1', title: 'Refunds', state: 'OPEN', changed: new Date('2026-03-01'), owner: ada },
  { id: 't2', title: 'Invoices', state: 'CLOSED', changed: new Date('2026-02-01'), owner: ada },
];

export const teams: Team[] = [{ name: 'Support', people: [ada] }];

/** Conversations of a state, with a text in the title where one is given, changed since a day where one is given. */
export function conversationsOf(state: string, text?: string | null, since?: Date | null): Conversation[] {
  const found = conversations.filter((one) => one.state === state && one.title.includes(text ?? ''));
  return found.filter((one) => !since || one.changed >= since);
}

/** A day as clients write it. */
export const day = {
  serialize: (value: unknown): string => (value as Date).toISOString().slice(0, 10),
  parseValue: (value: unknown): Date => new Date(String(value)),
};
