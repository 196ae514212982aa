/** Worker entry: measures one picture off the main thread. */
export {};
