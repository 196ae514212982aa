/** Grammars in llama.cpp's notation, GBNF: made from a JSON schema, or written by a user and checked. */
export { checkGrammar } from './check.ts';
export { schemaGrammar } from './schema/schema-grammar.ts';
