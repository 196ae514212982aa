/** What agents inside of the editor may use. */
import type { Services } from '../services.ts';
import { registerMcp } from './mcp.ts';
import { registerTools } from './tools.ts';

export function registerAgents(services: Services): void {
  registerMcp(services);
  registerTools(services);
}
