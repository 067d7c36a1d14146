import { type Execution, outputOf } from '../../tools/n8n';
import { MINUTES, requestsTo, sample, useTestbed } from './harness';
import { type LanguageModel, startLanguageModel } from './languageModel';

const testbed = useTestbed();
let model: LanguageModel | undefined;
afterEach(async () => await model?.close());

/** The finished execution of an agent with the node as its tool. @param tool parameters of the node in addition to the URL */
async function runAgent(
	typeVersion: number,
	turns: readonly number[],
	tool: Record<string, string> = { callback: 'none' },
): Promise<Execution> {
	const { client, sandbox, credential } = testbed;
	model = await startLanguageModel({ Audio_URL: `${sandbox.origin}/samples/${sample(sandbox).file}` }, turns);
	const openAi = await client.createCredential('Language model', 'openAiApi', {
		apiKey: 'any',
		url: model.url,
		header: false,
	});
	const workflow = await client.createWorkflow({
		name: 'Agent',
		settings: { executionOrder: 'v1' },
		nodes: [
			{
				id: 's',
				name: 'Start',
				type: 'n8n-nodes-base.manualTrigger',
				typeVersion: 1,
				position: [0, 0],
				parameters: {},
			},
			{
				id: 'a',
				name: 'Agent',
				type: '@n8n/n8n-nodes-langchain.agent',
				typeVersion,
				position: [220, 0],
				parameters: { promptType: 'define', text: 'Have the call transcribed.', options: {} },
			},
			{
				id: 'm',
				name: 'Model',
				type: '@n8n/n8n-nodes-langchain.lmChatOpenAi',
				typeVersion: 1.2,
				position: [220, 220],
				parameters: { model: { __rl: true, mode: 'id', value: 'stand-in' }, options: {} },
				credentials: { openAiApi: { id: openAi.id, name: openAi.name } },
			},
			{
				id: 't',
				name: 'Transcription',
				type: 'n8n-nodes-transcription.transcriptionTool',
				typeVersion: 1,
				position: [440, 220],
				parameters: {
					toolDescription: 'Transcribes recordings',
					source: 'url',
					audioUrl: "={{ $fromAI('Audio_URL', 'Address of the recording', 'string') }}",
					...tool,
				},
				credentials: { assemblyAiTranscriptionApi: { id: credential.id, name: credential.name } },
			},
		],
		connections: {
			Start: { main: [[{ node: 'Agent', type: 'main', index: 0 }]] },
			Model: { ai_languageModel: [[{ node: 'Agent', type: 'ai_languageModel', index: 0 }]] },
			Transcription: { ai_tool: [[{ node: 'Agent', type: 'ai_tool', index: 0 }]] },
		},
	});

	const { executionId = '' } = await client.runManually({ workflowId: workflow.id, triggerNodeName: 'Start' });
	return await client.waitForExecution(executionId, MINUTES);
}

it(
	'lets an AI agent submit a recording with the node as its tool',
	async () => {
		const execution = await runAgent(2, [1]);
		expect(execution.error).toBeUndefined();
		const [job] = testbed.sandbox.jobs.list();
		expect(outputOf(execution, 'Agent')[0]?.json.output).toContain(job?.id);
		expect(requestsTo(testbed.sandbox)).toEqual(['POST /v2/transcript']);
	},
	2 * MINUTES,
);

it.each([2, 3])(
	'submits for every tool call of an AI agent (version %d), including parallel calls',
	async (typeVersion) => {
		const execution = await runAgent(typeVersion, [2, 1]);
		expect(execution.error).toBeUndefined();
		expect(requestsTo(testbed.sandbox)).toEqual(Array(3).fill('POST /v2/transcript'));
	},
	2 * MINUTES,
);

it(
	'returns the transcript to an AI agent that waits by polling',
	async () => {
		const recording = sample(testbed.sandbox);
		const execution = await runAgent(3, [1], { operation: 'submitAndWait', waitBy: 'polling' });
		expect(execution.error).toBeUndefined();
		expect(outputOf(execution, 'Agent')[0]?.json.output).toContain(recording.words[0]?.text);
		expect(requestsTo(testbed.sandbox).filter((request) => request.startsWith('POST'))).toEqual([
			'POST /v2/transcript',
		]);
		expect(testbed.sandbox.callbacks.deliveries()).toEqual([]);
	},
	2 * MINUTES,
);
