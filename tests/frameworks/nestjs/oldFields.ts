import { Message, Thread, WorkItem } from './server.js';
// paste here: a module of its own, oldFields.ts; the types that it names are yours to import
