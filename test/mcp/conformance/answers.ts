/** Tools and prompts with the names and answers that the conformance suite asks for. */
import {
  type CallToolResult,
  completable,
  type McpServer,
  ResourceTemplate,
} from '@modelcontextprotocol/server';
import { z } from 'zod';

/** One red pixel, and 4 samples of silence. */
const png =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8DwHwAFBQIAX8jx0gAAAABJRU5ErkJggg==';
const wav = 'UklGRigAAABXQVZFZm10IBAAAAABAAEAQB8AAEAfAAABAAgAZGF0YQQAAACAgICA';

const text = (words: string) => ({ type: 'text', text: words }) as const;
const image = { type: 'image', data: png, mimeType: 'image/png' } as const;
const resource = (uri: string, mimeType: string, words: string) =>
  ({ type: 'resource', resource: { uri, mimeType, text: words } }) as const;

const pause = async (): Promise<void> => {
  await new Promise((resolve) => setTimeout(resolve, 50));
};

function addTools(server: McpServer): void {
  const answers: Readonly<Record<string, CallToolResult['content']>> = {
    test_simple_text: [text('This is a simple text response for testing.')],
    test_image_content: [image],
    test_audio_content: [{ type: 'audio', data: wav, mimeType: 'audio/wav' }],
    test_embedded_resource: [
      resource('test://embedded-resource', 'text/plain', 'This is an embedded resource content.'),
    ],
    test_multiple_content_types: [
      text('Multiple content types test:'),
      image,
      resource('test://mixed-content-resource', 'application/json', '{"test":"data","value":123}'),
    ],
  };
  for (const [name, content] of Object.entries(answers)) {
    server.registerTool(name, { description: name }, async () => ({ content }));
  }
  server.registerTool('test_error_handling', { description: 'Fails.' }, async () => {
    throw new Error('This tool intentionally returns an error for testing');
  });
  server.registerTool('test_tool_with_progress', { description: 'Tells.' }, async ({ mcpReq }) => {
    const progressToken = mcpReq._meta?.progressToken;
    for (const progress of [0, 50, 100]) {
      const params = { progressToken, progress, total: 100 };
      if (progressToken !== undefined) await mcpReq.notify({ method: 'notifications/progress', params });
      await pause();
    }
    return { content: [text('Done.')] };
  });
  for (const name of ['test_tool_with_logging', 'test_logging_tool']) {
    server.registerTool(name, { description: 'Logs.' }, async ({ mcpReq }) => {
      for (const step of ['execution started', 'processing data', 'execution completed']) {
        await mcpReq.log('info', `Tool ${step}`);
        await pause();
      }
      return { content: [text('Logged.')] };
    });
  }
}

function addResources(server: McpServer): void {
  const about = { description: 'For tests.' };
  server.registerResource(
    'text',
    'test://static-text',
    { ...about, mimeType: 'text/plain' },
    async ({ href }) => ({
      contents: [
        { uri: href, mimeType: 'text/plain', text: 'This is the content of the static text resource.' },
      ],
    }),
  );
  server.registerResource(
    'binary',
    'test://static-binary',
    { ...about, mimeType: 'image/png' },
    async ({ href }) => ({
      contents: [{ uri: href, mimeType: 'image/png', blob: png }],
    }),
  );
  server.registerResource('watched', 'test://watched-resource', about, async ({ href }) => ({
    contents: [{ uri: href, text: 'Watched.' }],
  }));
  const template = new ResourceTemplate('test://template/{id}/data', { list: undefined });
  server.registerResource('template', template, about, async ({ href }, { id }) => {
    const data = { id, templateTest: true, data: `Data for ID: ${String(id)}` };
    return { contents: [{ uri: href, mimeType: 'application/json', text: JSON.stringify(data) }] };
  });
}

function addPrompts(server: McpServer): void {
  const user = <Content>(content: Content) => ({ role: 'user' as const, content });
  const simple = { description: 'For tests.' };
  server.registerPrompt('test_simple_prompt', simple, async () => ({
    messages: [user(text('This is a simple prompt for testing.'))],
  }));
  const words = (value: string) => ['paris', 'park', 'party'].filter((word) => word.startsWith(value));
  const twoArguments = z.object({
    arg1: completable(z.string().describe('First.'), words),
    arg2: z.string().describe('Second.'),
  });
  server.registerPrompt(
    'test_prompt_with_arguments',
    { ...simple, argsSchema: twoArguments },
    async ({ arg1, arg2 }) => ({
      messages: [user(text(`Prompt with arguments: arg1='${arg1}', arg2='${arg2}'`))],
    }),
  );
  server.registerPrompt(
    'test_prompt_with_embedded_resource',
    { ...simple, argsSchema: z.object({ resourceUri: z.string().describe('Which.') }) },
    async ({ resourceUri }) => ({
      messages: [
        user(resource(resourceUri, 'text/plain', 'Embedded resource content for testing.')),
        user(text('Please process the embedded resource above.')),
      ],
    }),
  );
  server.registerPrompt('test_prompt_with_image', simple, async () => ({
    messages: [user(image), user(text('Please analyze the image above.'))],
  }));
}

/** Adds what answers at once, without asking the client anything. */
export function addAnswers(server: McpServer): void {
  server.server.registerCapabilities({
    logging: {},
    // None of these lists ever changes.
    prompts: { listChanged: false },
    resources: { subscribe: true, listChanged: false },
  });
  addTools(server);
  addResources(server);
  addPrompts(server);
  // A subscription is taken and nothing is ever told, since nothing changes.
  server.server.setRequestHandler('resources/subscribe', async () => ({}));
  server.server.setRequestHandler('resources/unsubscribe', async () => ({}));
}
