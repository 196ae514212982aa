/** Loads what calls need of the core, late: a client waits for the list of tools, and some give up soon. */

export const loadCore = async () => await import('./core.ts');
