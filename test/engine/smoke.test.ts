import { submit, get } from './harness';
it('runs', async () => {
	const r = await submit({}, [{ json: {} }], { baseUrl: 'http://127.0.0.1:9' });
	console.log(r.error, r.outputs);
	const g = await get({ transcriptId: '../x' }, [{ json: {} }], { baseUrl: 'http://127.0.0.1:9', onError: 'continueRegularOutput' });
	console.log(g.error, g.outputs, JSON.stringify(g.json));
});
