// paste here: a module of its own, oldNames.ts
