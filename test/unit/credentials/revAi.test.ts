import { RevAiTranscriptionApi } from '../../../credentials/RevAiTranscriptionApi.credentials';

it('The Rev AI credential test only passes if the job is missing', () => {
	const { ignoreHttpStatusErrors } = new RevAiTranscriptionApi().test.request;
	const { except } = ignoreHttpStatusErrors as unknown as { except: number[] };
	expect(except).toEqual(expect.arrayContaining([200, 302, 400, 401, 402, 403, 405, 429, 500, 503]));
	expect(except).not.toContain(404);
});
