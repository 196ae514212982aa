/** Tools and prompts that ask the client back, with the names that the conformance suite asks for. */
import {
  acceptedContent,
  CLIENT_CAPABILITIES_META_KEY,
  createRequestStateCodec,
  type InputRequests,
  inputRequired,
  inputResponse,
  type McpServer,
  type ServerContext,
} from '@modelcontextprotocol/server';
import { z } from 'zod';

const codec = createRequestStateCodec<string>({ key: 'a key for tests only, of 32 bytes or more' });

/** A changed state is refused before a tool sees it. */
export const requestState = { verify: codec.verify };

const answer = (text: string) => ({ content: [{ type: 'text' as const, text }] });
const plain = { description: 'For tests.' };

const types = { string: { type: 'string' }, boolean: { type: 'boolean' } } as const;
const askFor = (message: string, field: string, type: keyof typeof types = 'string') =>
  inputRequired.elicit({
    message,
    requestedSchema: { type: 'object', properties: { [field]: types[type] }, required: [field] },
  });
const askModel = (text: string, maxTokens: number) =>
  inputRequired.createMessage({ messages: [{ role: 'user', content: { type: 'text', text } }], maxTokens });

const envelopeSchema = z.looseObject({
  [CLIENT_CAPABILITIES_META_KEY]: z.looseObject({
    elicitation: z.unknown().optional(),
    sampling: z.unknown().optional(),
  }),
});
const nameSchema = z.object({ name: z.string() });

/** A tool of one round: asks, and answers once every question has been. */
function addRound(
  server: McpServer,
  name: string,
  inputRequests: InputRequests,
  state: string | undefined,
  done: (context: ServerContext) => string,
): void {
  server.registerTool(name, plain, async (context) => {
    const { inputResponses } = context.mcpReq;
    const keys = Object.keys(inputRequests);
    if (keys.every((key) => inputResponse(inputResponses, key).kind !== 'missing'))
      return answer(done(context));
    return inputRequired({
      inputRequests,
      ...(state === undefined ? {} : { requestState: await codec.mint(state) }),
    });
  });
}

function addRounds(server: McpServer): void {
  const askName = askFor('What is your name?', 'name');
  const askRoots = inputRequired.listRoots();
  const confirm = { confirm: askFor('Please confirm', 'ok', 'boolean') };
  const stateOk = ({ mcpReq }: ServerContext) => (mcpReq.requestState() === 'held' ? 'state-ok' : 'no state');

  server.registerTool('test_input_required_result_elicitation', plain, async ({ mcpReq }) => {
    const given = acceptedContent(mcpReq.inputResponses, 'user_name', nameSchema);
    if (given === undefined) return inputRequired({ inputRequests: { user_name: askName } });
    return answer(`Hello, ${given.name}!`);
  });
  const question = { capital_question: askModel('What is the capital of France?', 100) };
  addRound(server, 'test_input_required_result_sampling', question, undefined, ({ mcpReq }) =>
    JSON.stringify(inputResponse(mcpReq.inputResponses, 'capital_question')),
  );
  const roots = { client_roots: askRoots };
  addRound(server, 'test_input_required_result_list_roots', roots, undefined, ({ mcpReq }) =>
    JSON.stringify(inputResponse(mcpReq.inputResponses, 'client_roots')),
  );
  addRound(server, 'test_input_required_result_request_state', confirm, 'held', stateOk);
  addRound(server, 'test_input_required_result_tampered_state', confirm, 'held', stateOk);
  const several = {
    user_name: askName,
    greeting: askModel('Generate a greeting', 50),
    client_roots: askRoots,
  };
  addRound(server, 'test_input_required_result_multiple_inputs', several, 'held', stateOk);
  addRound(
    server,
    'test_missing_capability',
    { capital_question: askModel('Anything?', 10) },
    undefined,
    () => '',
  );
  addRound(server, 'test_streaming_elicitation', { user_name: askName }, undefined, () => 'Done.');

  server.registerTool('test_input_required_result_multi_round', plain, async ({ mcpReq }) => {
    const ask = async (step: string, message: string, field: string) =>
      inputRequired({
        inputRequests: { [step]: askFor(message, field) },
        requestState: await codec.mint(step),
      });
    const reached = mcpReq.requestState();
    const has = (step: string) => inputResponse(mcpReq.inputResponses, step).kind !== 'missing';
    if (reached === 'step2' && has('step2')) return answer('All steps done.');
    if (reached === 'step1' && has('step1')) {
      return await ask('step2', 'Step 2: What is your favorite color?', 'color');
    }
    return await ask('step1', 'Step 1: What is your name?', 'name');
  });

  server.registerTool('test_input_required_result_capabilities', plain, async ({ mcpReq }) => {
    const known = envelopeSchema.parse(mcpReq.envelope)[CLIENT_CAPABILITIES_META_KEY];
    return inputRequired({
      inputRequests: {
        ...(known.elicitation === undefined ? {} : { user_name: askName }),
        ...(known.sampling === undefined ? {} : question),
      },
    });
  });

  server.registerPrompt('test_input_required_result_prompt', plain, async ({ mcpReq }) => {
    const given = acceptedContent(mcpReq.inputResponses, 'user_context', z.object({ context: z.string() }));
    const user_context = askFor('What context should the prompt use?', 'context');
    if (given === undefined) return inputRequired({ inputRequests: { user_context } });
    return { messages: [{ role: 'user', content: { type: 'text', text: given.context } }] };
  });
}

/** The older protocol asks in the middle of a call. */
function addInterruptions(server: McpServer): void {
  server.registerTool(
    'test_sampling',
    { ...plain, inputSchema: z.object({ prompt: z.string().describe('What to ask.') }) },
    async ({ prompt }, { mcpReq }) => {
      const messages = [{ role: 'user' as const, content: { type: 'text' as const, text: prompt } }];
      const { content } = await mcpReq.requestSampling({ messages, maxTokens: 100 });
      return answer(`LLM response: ${JSON.stringify(content)}`);
    },
  );
  const user = { type: 'string', description: "User's response" } as const;
  server.registerTool(
    'test_elicitation',
    { ...plain, inputSchema: z.object({ message: z.string().describe('What to show.') }) },
    async ({ message }, { mcpReq }) => {
      const given = await mcpReq.elicitInput({
        message,
        requestedSchema: {
          type: 'object',
          properties: { username: user, email: { ...user, description: "User's email address" } },
          required: ['username', 'email'],
        },
      });
      return answer(`User response: ${JSON.stringify(given)}`);
    },
  );
  server.registerTool('test_elicitation_sep1034_defaults', plain, async ({ mcpReq }) => {
    const { action, content } = await mcpReq.elicitInput({
      message: 'Defaults',
      requestedSchema: {
        type: 'object',
        properties: {
          name: { type: 'string', default: 'John Doe' },
          age: { type: 'integer', default: 30 },
          score: { type: 'number', default: 95.5 },
          status: { type: 'string', enum: ['active', 'inactive', 'pending'], default: 'active' },
          verified: { type: 'boolean', default: true },
        },
      },
    });
    return answer(`Elicitation completed: action=${action}, content=${JSON.stringify(content)}`);
  });
  server.registerTool('test_elicitation_sep1330_enums', plain, async ({ mcpReq }) => {
    const three = ['option1', 'option2', 'option3'];
    const titled = [
      { const: 'value1', title: 'First Option' },
      { const: 'value2', title: 'Second Option' },
      { const: 'value3', title: 'Third Option' },
    ];
    const { action, content } = await mcpReq.elicitInput({
      message: 'Choices',
      requestedSchema: {
        type: 'object',
        properties: {
          untitledSingle: { type: 'string', enum: three },
          titledSingle: { type: 'string', oneOf: titled },
          legacyEnum: {
            type: 'string',
            enum: ['opt1', 'opt2', 'opt3'],
            enumNames: ['Option One', 'Option Two', 'Option Three'],
          },
          untitledMulti: { type: 'array', items: { type: 'string', enum: three } },
          titledMulti: { type: 'array', items: { anyOf: titled } },
        },
      },
    });
    return answer(`Elicitation completed: action=${action}, content=${JSON.stringify(content)}`);
  });
}

export function addQuestions(server: McpServer): void {
  addRounds(server);
  addInterruptions(server);
}
