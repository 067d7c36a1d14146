import { LoadOptionsContext } from 'n8n-core';
import { LANGUAGES } from '../../nodes/Transcription/providers/assemblyAi/constants';
import { Transcription } from '../../nodes/Transcription/Transcription.node';
import { offeredLanguages, setupFor, useService } from './exampleProvider/nodes';
import { additionalData, aWorkflow } from './harness';

const used = useService();
const setup = (credential = {}) => setupFor(used.service, credential);

describe('list of languages', () => {
	it('is the service’s list if it has one', async () => {
		expect(await offeredLanguages(setup())).toEqual(['as', 'de']);
		expect(used.service.asked).toEqual(['GET /v2/languages']);
	});

	it.each([
		['a name', 'germ', ['de']],
		['a code', ' DE ', ['de']],
		['a part of both', 'e', ['as', 'de']],
		['an unknown language', 'klingon', []],
	])('can be searched for %s', async (_what, filter, values) => {
		expect(await offeredLanguages(setup(), filter)).toEqual(values);
	});

	it.each([
		['the service refuses the key', { apiKey: 'wrong' }],
		['the credential has no key', { apiKey: '' }],
	])('is the built-in list if %s', async (_why, credential) => {
		expect(await offeredLanguages(setup(credential))).toEqual(['en']);
	});

	it('is the built-in list if the service has none', async () => {
		const parameters = { provider: 'assemblyAi' };
		const { workflow, node } = aWorkflow('transcription', parameters, setup());
		const context = new LoadOptionsContext(
			workflow,
			node,
			{ ...additionalData(setup()), currentNodeParameters: parameters },
			'',
		);
		const { results } = await new Transcription().methods.listSearch.searchLanguages.call(context, 'swiss');
		expect(results).toEqual([]);
		const all = await new Transcription().methods.listSearch.searchLanguages.call(context);
		expect(all.results).toEqual(LANGUAGES);
		expect(used.service.asked).toEqual([]);
	});
});
