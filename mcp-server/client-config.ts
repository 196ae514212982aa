/** What a user puts where, so that their client starts this server. */

export interface ClientConfig {
  /** Where the text belongs: a file, or a command to run. */
  readonly place: string;
  readonly text: string;
}

/** `npx` finds the package wherever the client's own folder is. */
const command = 'npx';

type Maker = (args: readonly string[]) => ClientConfig;

const json = (value: unknown): string => JSON.stringify(value, null, 2);
const server = (args: readonly string[]) => ({ command, args });

const mcpServers =
  (place: string): Maker =>
  (args) => ({ place, text: json({ mcpServers: { pixelwright: server(args) } }) });

/** In POSIX shells and in PowerShell alike. */
const quoted = (word: string): string => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word}'`);

const makers = {
  'claude-code': (args) => ({
    place: 'Run this once; --scope project writes .mcp.json for everyone in the project instead.',
    text: `claude mcp add --scope user pixelwright -- ${[command, ...args].map(quoted).join(' ')}`,
  }),
  'claude-desktop': mcpServers(
    'claude_desktop_config.json: Settings → Developer → Edit Config. Start Claude again afterwards.',
  ),
  cursor: mcpServers('~/.cursor/mcp.json, or .cursor/mcp.json in a project'),
  vscode: (args) => ({
    place: '.vscode/mcp.json in a project, or the command "MCP: Open User Configuration"',
    text: json({ servers: { pixelwright: { type: 'stdio', ...server(args) } } }),
  }),
  windsurf: mcpServers('~/.codeium/windsurf/mcp_config.json'),
  zed: (args) => ({
    place: 'settings.json of Zed (the command "zed: open settings")',
    text: json({ context_servers: { pixelwright: server(args) } }),
  }),
  cline: mcpServers('cline_mcp_settings.json: MCP Servers → Configure MCP Servers'),
  'gemini-cli': mcpServers('~/.gemini/settings.json, or .gemini/settings.json in a project'),
  'copilot-cli': (args) => ({
    place: '~/.copilot/mcp-config.json',
    text: json({ mcpServers: { pixelwright: { type: 'local', ...server(args), tools: ['*'] } } }),
  }),
  codex: (args) => ({
    place: '~/.codex/config.toml',
    // A call may write for minutes; Codex would stop waiting after one.
    text: [
      '[mcp_servers.pixelwright]',
      `command = ${JSON.stringify(command)}`,
      `args = ${JSON.stringify(args)}`,
      'tool_timeout_sec = 600',
    ].join('\n'),
  }),
} as const satisfies Readonly<Record<string, Maker>>;

export type ClientName = keyof typeof makers;

// Object.keys is typed string[]; the keys of a constant are exactly its names.
export const clientNames = Object.keys(makers) as ClientName[];

/** @param args of `pixelwright mcp`, for example `['--roots', '/home/me/designs']`. */
export function clientConfig(client: ClientName, args: readonly string[] = []): ClientConfig {
  return makers[client](['-y', 'pixelwright', 'mcp', ...args]);
}
